/**
 * The runnable jar, started as an administrator would, asked over HTTP alone, and judged by what
 * the real batch system says. One class for each thing that must not break.
 */
package ee.interlink.systemtest;
