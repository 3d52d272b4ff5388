package ee.interlink.offload.journal;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Brings the journal's schema up to date before anybody reads it. */
@DataSourceDefinition(
    name = "java:app/jdbc/journal",
    className = "ee.interlink.offload.journal.JournalDataSource",
    properties = {"label=journal"},
    minPoolSize = 1,
    maxPoolSize = 32)
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class JournalSchema {
  @Resource(lookup = "java:app/jdbc/journal")
  DataSource journal;

  @PostConstruct
  void migrate() {
    Flyway.configure(JournalSchema.class.getClassLoader()).dataSource(journal).load().migrate();
  }
}
