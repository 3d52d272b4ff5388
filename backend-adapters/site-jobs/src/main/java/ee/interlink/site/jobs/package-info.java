/**
 * Jobs whose folder lies at a site that we reach by a shell, on this host or over SSH. Each call of
 * the contract is one constant text run by bash at the site; what is special to a pod reaches it as
 * arguments or as input. What is special to a batch system is its {@link
 * ee.interlink.site.jobs.Scheduler}.
 */
package ee.interlink.site.jobs;
