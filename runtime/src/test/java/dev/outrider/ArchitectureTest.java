package dev.outrider;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The walls of the house. */
@AnalyzeClasses(packages = "dev.outrider", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule halAndAiEngineAreLibrariesOfTheirOwn =
            noClasses()
                    .that()
                    .resideInAnyPackage("dev.outrider.hal..", "dev.outrider.ai..")
                    .should()
                    .dependOnClassesThat(
                            resideInAnyPackage(
                                    "dev.outrider",
                                    "dev.outrider.model..",
                                    "dev.outrider.kernel..",
                                    "dev.outrider.codec..",
                                    "dev.outrider.reason..",
                                    "dev.outrider.body..",
                                    "dev.outrider.journal..",
                                    "dev.outrider.mqtt..",
                                    "dev.outrider.web..",
                                    "dev.outrider.cli..",
                                    "io.quarkus.."));

    @ArchTest
    static final ArchRule halKnowsNothingOfAiEngine =
            noClasses()
                    .that()
                    .resideInAPackage("dev.outrider.hal..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("dev.outrider.ai..");

    @ArchTest
    static final ArchRule aiEngineKnowsNothingOfHal =
            noClasses()
                    .that()
                    .resideInAPackage("dev.outrider.ai..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("dev.outrider.hal..");

    @ArchTest
    static final ArchRule modelStandsOnTheJdkAlone =
            classes()
                    .that()
                    .resideInAPackage("dev.outrider.model")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage("java..", "org.jspecify..", "dev.outrider.model");

    @ArchTest
    static final ArchRule kernelKnowsNoAdapter =
            noClasses()
                    .that()
                    .resideInAPackage("dev.outrider.kernel")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "dev.outrider",
                            "dev.outrider.reason..",
                            "dev.outrider.body..",
                            "dev.outrider.journal..",
                            "dev.outrider.mqtt..",
                            "dev.outrider.web..",
                            "dev.outrider.cli..",
                            "dev.outrider.hal..",
                            "dev.outrider.ai..",
                            "com.fasterxml..");

    @ArchTest
    static final ArchRule everyLibraryHasOneHome =
            classes()
                    .that()
                    .resideInAPackage("dev.outrider..")
                    .should(HomeOf.library("io.github.resilience4j", "dev.outrider.kernel"))
                    .andShould(HomeOf.library("org.eclipse.paho", "dev.outrider.mqtt"))
                    .andShould(HomeOf.library("org.apache.activemq", "dev.outrider.mqtt"))
                    .andShould(HomeOf.library("java.sql", "dev.outrider.journal"))
                    .andShould(HomeOf.library("io.opentelemetry", "dev.outrider.reason"))
                    .andShould(HomeOf.library("com.pi4j", "dev.outrider.hal"))
                    .andShould(HomeOf.library("ai.djl", "dev.outrider.ai", "dev.outrider.reason"));
}
