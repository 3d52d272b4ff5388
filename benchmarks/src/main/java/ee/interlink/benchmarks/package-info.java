/**
 * Figures of the runnable jar on the testbed, beside bare commands in the same run. Method and
 * reading are in {@code docs/benchmarks.md}.
 */
package ee.interlink.benchmarks;
