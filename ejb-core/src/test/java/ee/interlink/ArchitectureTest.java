package ee.interlink;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import ee.interlink.offload.journal.Door;
import ee.interlink.offload.journal.PodEntry;

/** Who may see whom. */
@AnalyzeClasses(packages = "ee.interlink", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule decisions_are_plain_java =
      noClasses()
          .that()
          .resideInAnyPackage(
              "..offload.lifecycle..",
              "..offload.status..",
              "..offload.pod..",
              "..kubernetes.resolve..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("jakarta..", "javax..", "org.eclipse.microprofile..");

  @ArchTest
  static final ArchRule pods_are_resolved_without_a_client =
      noClasses()
          .that()
          .resideInAPackage("..kubernetes.resolve..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.fabric8.kubernetes.client..");

  @ArchTest
  static final ArchRule decisions_know_nobody_who_acts_on_them =
      noClasses()
          .that()
          .resideInAnyPackage("..offload.lifecycle..", "..offload.status..", "..offload.pod..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..offload.journal..", "..offload.reconcile..", "..backends..", "..configuration..");

  @ArchTest
  static final ArchRule only_the_journal_sees_the_database =
      noClasses()
          .that()
          .resideOutsideOfPackage("..offload.journal..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "jakarta.persistence..", "javax.sql..", "java.sql..", "org.flywaydb..");

  @ArchTest
  static final ArchRule only_the_journal_sees_its_rows =
      classes()
          .that()
          .areAnnotatedWith("jakarta.persistence.Entity")
          .should()
          .onlyBeAccessed()
          .byClassesThat()
          .resideInAPackage("..offload.journal..");

  @ArchTest
  static final ArchRule the_journal_only_remembers =
      noClasses()
          .that()
          .resideInAPackage("..offload.journal..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..offload.reconcile..", "..backends..");

  @ArchTest
  static final ArchRule only_backends_see_fault_tolerance =
      noClasses()
          .that()
          .resideOutsideOfPackage("ee.interlink.backends..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.eclipse.microprofile.faulttolerance..");

  @ArchTest
  static final ArchRule backends_know_nothing_of_pods =
      noClasses()
          .that()
          .resideInAnyPackage("ee.interlink.backends..", "ee.interlink.configuration..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ee.interlink.offload..", "io.fabric8..");

  @ArchTest
  static final ArchRule the_core_knows_no_batch_system_by_name =
      noClasses()
          .that()
          .resideInAnyPackage(
              "ee.interlink.offload..",
              "ee.interlink.backends..",
              "ee.interlink.accounts..",
              "ee.interlink.configuration..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "ee.interlink.slurm..",
              "ee.interlink.local..",
              "ee.interlink.connector..",
              "ee.interlink.site..",
              "ee.interlink.runner..",
              "ee.interlink.web..");

  @ArchTest
  static final ArchRule there_is_one_logger =
      noClasses()
          .that()
          // DataSource's own method names a type of the other one.
          .doNotHaveFullyQualifiedName("ee.interlink.offload.journal.JournalDataSource")
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

  @ArchTest
  static final ArchRule only_the_cluster_is_reached_by_its_client =
      noClasses()
          .that()
          .resideOutsideOfPackage("ee.interlink.kubernetes..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.fabric8.kubernetes.client..", "io.github.bucket4j..");

  @ArchTest
  static final ArchRule the_core_does_not_know_that_there_are_clusters =
      noClasses()
          .that()
          .resideInAnyPackage(
              "ee.interlink.offload..",
              "ee.interlink.backends..",
              "ee.interlink.accounts..",
              "ee.interlink.configuration..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ee.interlink.kubernetes..");

  @ArchTest
  static final ArchRule nodes_see_of_the_journal_what_an_entry_says =
      noClasses()
          .that()
          .resideInAPackage("ee.interlink.kubernetes..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("..offload.journal..")
                  .and(not(belongToAnyOf(PodEntry.class, Door.class))));

  @ArchTest
  static final ArchRule nodes_leave_jobs_to_the_core =
      noClasses()
          .that()
          .resideInAPackage("ee.interlink.kubernetes..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("..offload.reconcile..");

  @ArchTest
  static final ArchRule how_work_is_shared_out_knows_nothing_of_the_work =
      noClasses()
          .that()
          .resideInAPackage("ee.interlink.work..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "ee.interlink.offload..",
              "ee.interlink.backends..",
              "ee.interlink.kubernetes..",
              "ee.interlink.configuration..");

  @ArchTest
  static final ArchRule what_a_pod_names_is_read_without_the_rest_of_the_node =
      noClasses()
          .that()
          .resideInAPackage("..kubernetes.resolve..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("ee.interlink.kubernetes..")
                  .and(not(resideInAPackage("..kubernetes.resolve.."))));
}
