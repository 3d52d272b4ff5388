/**
 * Commands at a site, on this host or over SSH, under one interface: argv and standard input go in,
 * exit status and bounded output come out. Nobody here knows a batch system.
 */
package ee.interlink.site;
