package ee.interlink.web;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may see whom, of the front doors. */
@AnalyzeClasses(packages = "ee.interlink.web", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule only_the_kubelets_port_sees_its_libraries =
      noClasses()
          .that()
          .resideOutsideOfPackage("ee.interlink.web.kubelet..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.eclipse.jetty..",
              "org.bouncycastle..",
              "io.prometheus..",
              "com.github.benmanes..",
              "io.fabric8.kubernetes.client..");

  @ArchTest
  static final ArchRule who_may_come_in_is_decided_without_the_http_library =
      noClasses()
          .that()
          .resideInAnyPackage(
              "ee.interlink.web.kubelet.access..", "ee.interlink.web.kubelet.certificate..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.eclipse.jetty..");

  @ArchTest
  static final ArchRule the_other_doors_do_not_know_the_kubelets_port =
      noClasses()
          .that()
          .resideOutsideOfPackage("ee.interlink.web.kubelet..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ee.interlink.web.kubelet..");

  @ArchTest
  static final ArchRule there_is_one_logger =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.util.logging..", "org.slf4j..", "org.jboss.logging..");

  @ArchTest
  static final ArchRule threads_are_the_servers =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.util.concurrent.Executors")
          .orShould()
          .callConstructor(Thread.class, Runnable.class);
}
