/**
 * Slurm by its own commands, on this host or over SSH: what is said to them, and what their answers
 * mean. How the texts get to the site, and the jobs' files, is {@link ee.interlink.site.jobs}.
 */
package ee.interlink.slurm;
