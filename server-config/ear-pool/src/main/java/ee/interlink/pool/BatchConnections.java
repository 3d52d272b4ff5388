package ee.interlink.pool;

import jakarta.ejb.Stateless;
import jakarta.resource.ConnectionFactoryDefinition;
import jakarta.resource.spi.TransactionSupport.TransactionSupportLevel;

/**
 * Defines the pool of connections to batch systems for the EAR; the runnable jar has the same in
 * its {@code web-fragment.xml}. On a bean and not in application.xml, because WildFly cannot
 * resolve {@code #batch-connector} there; without one server's own properties, because the other
 * refuses them. None is opened in advance: nobody knows yet for which backend and account.
 */
@ConnectionFactoryDefinition(
    name = "java:app/eis/batch",
    interfaceName = "ee.interlink.batch.BatchConnectionFactory",
    resourceAdapter = "#batch-connector",
    transactionSupport = TransactionSupportLevel.NoTransaction,
    minPoolSize = 0,
    maxPoolSize = 64)
@Stateless
public class BatchConnections {}
