/**
 * A server of our own as a child process, its two front doors as clients see them, and the
 * testbed's Slurm as its own commands show it.
 */
package ee.interlink.testbed;
