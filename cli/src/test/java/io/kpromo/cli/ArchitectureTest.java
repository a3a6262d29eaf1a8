// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The arrows between rooms, and the house rules that a compiler does not keep.
class ArchitectureTest {
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("io.kpromo");

    /// In the order of docs/architecture.md: an arrow points from a later room to an earlier one only.
    private static final List<String> ROOMS =
            List.of("yaml", "oci", "registry", "trust", "forge", "files", "cloud", "images", "release", "cli");

    @Test
    void arrowsPointFromLaterRoomsToEarlierOnes() {
        for (String room : ROOMS) {
            String[] later = ROOMS.subList(ROOMS.indexOf(room) + 1, ROOMS.size()).stream()
                    .map(name -> "io.kpromo." + name + "..")
                    .toArray(String[]::new);
            if (later.length > 0) {
                holds(noClasses()
                        .that()
                        .resideInAPackage("io.kpromo." + room + "..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(later));
            }
        }
    }

    @Test
    void imagesKnowsNothingOfTheRegistryInAFolderAndOciNothingOfUsAtAll() {
        holds(noClasses()
                .that()
                .resideInAPackage("io.kpromo.images..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.kpromo.registry..", "io.kpromo.cloud.."));
        holds(noClasses()
                .that()
                .resideInAPackage("io.kpromo.oci..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.kpromo.yaml..", "io.kpromo.images.."));
    }

    @Test
    void roomsAreFreeOfCyclesWithinTheCommandLine() {
        slices().matching("io.kpromo.cli.(*)..").should().beFreeOfCycles().check(ALL);
    }

    @Test
    void picocliIsKnownToTheCommandLineOnly() {
        holds(noClasses()
                .that()
                .resideOutsideOfPackage("io.kpromo.cli")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("picocli.."));
    }

    @Test
    void onlyTheCommandLineTalksToTheProcess() {
        holds(noClasses()
                .that()
                .resideOutsideOfPackage("io.kpromo.cli")
                .should()
                .callMethod(System.class, "getenv"));
        holds(noClasses()
                .that()
                .resideOutsideOfPackage("io.kpromo.cli")
                .should()
                .callMethod(System.class, "getenv", String.class));
        holds(noClasses()
                .that()
                .resideOutsideOfPackage("io.kpromo.cli")
                .should()
                .callMethod(System.class, "exit", int.class));
        holds(noClasses()
                .that()
                .resideOutsideOfPackage("io.kpromo.cli")
                .and()
                .doNotHaveSimpleName("SampleTree")
                .should()
                .accessField(System.class, "out"));
        holds(noClasses()
                .that()
                .resideOutsideOfPackage("io.kpromo.cli")
                .should()
                .accessField(System.class, "err"));
    }

    @Test
    void nobodySetsOrReadsSettingsBySystemProperties() {
        holds(noClasses()
                .that()
                .resideOutsideOfPackage("io.kpromo.cli")
                .should()
                .callMethod(System.class, "getProperty", String.class)
                .orShould()
                .callMethod(Boolean.class, "getBoolean", String.class)
                .orShould()
                .callMethod(Integer.class, "getInteger", String.class)
                .orShould()
                .callMethod(System.class, "setProperty", String.class, String.class));
    }

    @Test
    void nobodyUsesALoggingFramework() {
        holds(noClasses().should().dependOnClassesThat().resideInAnyPackage("java.util.logging..", "org.slf4j.."));
    }

    @Test
    void threadsMeetAtLocksAndNotAtMonitors() {
        holds(methods().should().notHaveModifier(JavaModifier.SYNCHRONIZED));
        holds(noClasses()
                .should()
                .callMethod(Object.class, "wait")
                .orShould()
                .callMethod(Object.class, "wait", long.class)
                .orShould()
                .callMethod(Object.class, "notify")
                .orShould()
                .callMethod(Object.class, "notifyAll"));
    }

    @Test
    void thereIsNoStaticStateThatATestWouldHaveToReset() {
        holds(fields().that()
                .areStatic()
                .and()
                .doNotHaveModifier(JavaModifier.SYNTHETIC)
                .and()
                .haveNameNotMatching("\\$.*")
                .should()
                .beFinal());
    }

    @Test
    void jgitIsKnownToTwoPlaces() {
        holds(noClasses()
                .that()
                .resideOutsideOfPackages("io.kpromo.images.diff..", "io.kpromo.forge.git..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.eclipse.jgit.."));
    }

    @Test
    void namesAreThoseOfTheField() {
        // A credential helper is what docker calls one.
        holds(noClasses()
                .that()
                .doNotHaveSimpleName("CredentialHelper")
                .should()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Impl"));
    }

    private static void holds(ArchRule rule) {
        rule.allowEmptyShould(true).check(ALL);
    }
}
