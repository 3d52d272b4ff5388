/**
 * The Jakarta Connectors plumbing, written once for all drivers (Connectors 2.1, chapters 5 to 7):
 * the server pools, matches, validates and limits; a {@link ee.interlink.batch.BatchDriver} never
 * knows. There are no transactions: a batch system has none, and the journal's intents stand in for
 * them.
 */
package ee.interlink.connector;
