// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import java.util.zip.CRC32;

/// Makes the folder that the launcher starts from: `java StartupJars.java OUT MAIN.jar DEPENDENCIES CLOUD.jar CLOUD-DEPENDENCIES`.
/// The latter two go into `lib/cloud`, which is loaded only when a registry of a cloud asks for credentials.
///
/// Two kinds of classes are kept out of an ahead-of-time cache by the JVM, and start slowly because of it: those of a class-file
/// version without stack maps (picocli is built for Java 5), and those of signed jars (jgit). So class files
/// below version 50 are brought to this JDK's version, with stack maps, and signatures are taken off (a changed jar
/// could not keep them). All else is copied as it is, licences too. Jars that need neither are copied byte for byte.
///
/// Entries are stored, not deflated: reading them is faster, and the folder is local.
void main(String[] args) throws IOException {
    Path out = Path.of(args[0]);
    Path lib = Files.createDirectories(out.resolve("lib"));
    List<Path> jars = jars(args[1], args[2]);
    List<String> names = jars.stream().map(jar -> jar.getFileName().toString()).toList();
    boolean changed = false;
    for (Path jar : jars) {
        changed |= write(lib, jar.getFileName().toString(), ready(jar));
    }
    keep(lib, names);
    onDemand(Files.createDirectories(lib.resolve("cloud")), jars(args[3], args[4]), names);
    // Two files whose times the launcher compares: a cache older than `classpath` is made anew; so is a build older
    // than the sources.
    if (changed) {
        Files.deleteIfExists(out.resolve("classpath"));
    }
    write(out, "classpath", String.join("\n", names.stream().map(n -> "lib/" + n).toList()).concat("\n").getBytes());
    Files.deleteIfExists(out.resolve("built"));
    write(out, "built", new byte[0]);
}

List<Path> jars(String main, String dependencies) throws IOException {
    List<Path> jars = new ArrayList<>(List.of(Path.of(main)));
    for (String dependency : Files.readString(Path.of(dependencies)).strip().split(java.io.File.pathSeparator)) {
        jars.add(Path.of(dependency));
    }
    return jars;
}

/// Jars that are no part of the class path, so the cache does not hold them: they are copied as they are, but for
/// those, whatever their version, that the class path has already.
void onDemand(Path folder, List<Path> jars, List<String> onClassPath) throws IOException {
    List<String> there = onClassPath.stream().map(name -> artifact(name)).toList();
    List<String> names = new ArrayList<>();
    for (Path jar : jars) {
        String name = jar.getFileName().toString();
        if (!there.contains(artifact(name))) {
            names.add(name);
            write(folder, name, Files.readAllBytes(jar));
        }
    }
    keep(folder, names);
}

String artifact(String jar) {
    return jar.replaceFirst("-[0-9].*", "");
}

void keep(Path folder, List<String> names) throws IOException {
    try (var old = Files.list(folder)) {
        for (Path p : old.filter(Files::isRegularFile).toList()) {
            if (!names.contains(p.getFileName().toString())) {
                Files.delete(p);
            }
        }
    }
}

/// A file that changes at once or not at all, so that a start at the same moment never sees half of it; untouched where
/// it would stay the same, so that an ahead-of-time cache stays good.
///
/// @return whether it changed
boolean write(Path folder, String name, byte[] content) throws IOException {
    Path file = folder.resolve(name);
    if (Files.exists(file) && java.util.Arrays.equals(Files.readAllBytes(file), content)) {
        return false;
    }
    Path part = folder.resolve("." + name + ".part");
    Files.write(part, content);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return true;
}

byte[] ready(Path jar) throws IOException {
    Map<String, byte[]> entries = new TreeMap<>();
    try (JarFile file = new JarFile(jar.toFile())) {
        for (var e : file.stream().toList()) {
            if (!e.isDirectory() && !isSignature(e.getName())) {
                entries.put(e.getName(), file.getInputStream(e).readAllBytes());
            }
        }
    }
    byte[] manifest = entries.remove("META-INF/MANIFEST.MF");
    ClassHierarchyResolver hierarchy = hierarchy(entries);
    entries.replaceAll((name, bytes) -> name.endsWith(".class") ? lifted(bytes, hierarchy) : bytes);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
        if (manifest != null) {
            store(zip, "META-INF/MANIFEST.MF", withoutDigests(manifest));
        }
        for (var e : entries.entrySet()) {
            store(zip, e.getKey(), e.getValue());
        }
    }
    return bytes.toByteArray();
}

boolean isSignature(String name) {
    return name.matches("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");
}

byte[] withoutDigests(byte[] bytes) throws IOException {
    Manifest manifest = new Manifest(new java.io.ByteArrayInputStream(bytes));
    if (manifest.getEntries().isEmpty()) {
        return bytes;
    }
    manifest.getEntries().values().forEach(a -> a.keySet().removeIf(k -> k.toString().endsWith("-Digest")));
    manifest.getEntries().values().removeIf(java.util.jar.Attributes::isEmpty);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    manifest.write(out);
    return out.toByteArray();
}

byte[] lifted(byte[] bytes, ClassHierarchyResolver hierarchy) {
    ClassFile file = ClassFile.of(
            ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
            ClassFile.DeadCodeOption.PATCH_DEAD_CODE,
            ClassFile.ClassHierarchyResolverOption.of(hierarchy));
    ClassModel model = file.parse(bytes);
    if (model.majorVersion() >= 50) {
        return bytes;
    }
    ClassTransform version = (builder, element) -> builder.with(
            element instanceof ClassFileVersion ? ClassFileVersion.of(ClassFile.latestMajorVersion(), 0) : element);
    return file.transformClass(model, version.andThen(ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)));
}

/// Classes of the jar itself first, then those of the JDK: stack maps need to know what extends what.
ClassHierarchyResolver hierarchy(Map<String, byte[]> entries) {
    return ClassHierarchyResolver.ofResourceParsing(type -> {
                String name = type.descriptorString();
                byte[] own = entries.get(name.substring(1, name.length() - 1) + ".class");
                return own == null ? null : new java.io.ByteArrayInputStream(own);
            })
            .orElse(ClassHierarchyResolver.defaultResolver());
}

void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCompressedSize(content.length);
    entry.setCrc(crc.getValue());
    entry.setTimeLocal(java.time.LocalDateTime.of(2026, 11, 1, 0, 0));
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
}
