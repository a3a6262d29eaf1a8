// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a room lets others see stands in its `surface.txt`, so that a change of it shows in review. To write the
/// files anew: `make surface`.
class SurfaceTest {
    @ParameterizedTest
    @ValueSource(strings = {"yaml", "oci", "registry", "trust", "forge", "files", "images", "release"})
    void whatARoomShowsIsWrittenDown(String room) throws IOException {
        String found = surface(room);
        Path file = Path.of("..", room, "surface.txt");
        if (Boolean.getBoolean("kpromo.surface.write")) {
            Files.writeString(file, found);
        }

        assertThat(file).exists();
        assertThat(found)
                .as("the public types of %s; where the change is meant, run make surface", room)
                .isEqualTo(Files.readString(file));
    }

    private static String surface(String room) {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(location -> !location.contains("-tests.jar"))
                .importPackages("io.kpromo." + room);
        return classes.stream()
                .filter(SurfaceTest::isShown)
                .sorted(Comparator.comparing(JavaClass::getName))
                .map(SurfaceTest::lines)
                .collect(Collectors.joining("\n"));
    }

    /// Public, and so is everything that it stands in.
    private static boolean isShown(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && !type.isAnonymousClass()
                && !type.getSimpleName().equals("package-info")
                && type.getEnclosingClass().map(SurfaceTest::isShown).orElse(true);
    }

    private static String lines(JavaClass type) {
        TreeSet<String> members = new TreeSet<>();
        Stream.concat(type.getMethods().stream(), type.getConstructors().stream())
                .filter(member -> isShown(member, type))
                .map(SurfaceTest::line)
                .forEach(members::add);
        type.getFields().stream()
                .filter(field -> field.getModifiers().contains(JavaModifier.PUBLIC))
                .map(SurfaceTest::line)
                .forEach(members::add);
        return kind(type) + " " + type.getName() + "\n"
                + members.stream().map(member -> "    " + member + "\n").collect(Collectors.joining());
    }

    private static boolean isShown(JavaCodeUnit member, JavaClass type) {
        boolean made = member.getModifiers().contains(JavaModifier.SYNTHETIC)
                || List.of("equals", "hashCode", "toString", "valueOf", "values", "compareTo")
                        .contains(member.getName());
        return member.getModifiers().contains(JavaModifier.PUBLIC)
                && !made
                && !(type.isEnum() && member.isConstructor());
    }

    private static String line(JavaCodeUnit member) {
        String parameters = member.getRawParameterTypes().stream()
                .map(JavaClass::getSimpleName)
                .collect(Collectors.joining(", ", "(", ")"));
        String prefix = member.getModifiers().contains(JavaModifier.STATIC) ? "static " : "";
        return member.isConstructor()
                ? "new" + parameters
                : prefix + member.getName() + parameters + ": "
                        + member.getRawReturnType().getSimpleName();
    }

    private static String line(JavaField field) {
        return field.getName() + ": " + field.getRawType().getSimpleName();
    }

    private static String kind(JavaClass type) {
        if (type.isEnum()) {
            return "enum";
        }
        if (type.isRecord()) {
            return "record";
        }
        return type.isInterface() ? "interface" : "class";
    }
}
