package ee.interlink.batch;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * By what names a pod's containers know themselves and others, beside those of the machine that
 * they run on (Kubernetes, "DNS for Services and Pods" and "Adding entries to Pod /etc/hosts").
 *
 * @param hostname of the containers; empty for the machine's own
 * @param hostAliases added to the machine's {@code /etc/hosts}
 * @param resolver added to the machine's {@code /etc/resolv.conf}, or in its place; empty for the
 *     machine's own
 */
public record PodNames(
    Optional<String> hostname, List<HostAlias> hostAliases, Optional<Resolver> resolver) {
  /** The machine's, and no others. */
  public static final PodNames OF_THE_MACHINE =
      new PodNames(Optional.empty(), List.of(), Optional.empty());

  private static final Pattern LABEL = Pattern.compile(DnsLabel.FORM);
  private static final Pattern ADDRESS = Pattern.compile("[0-9A-Fa-f:.]{2,45}");
  private static final Pattern DOMAIN = Pattern.compile("[-_.A-Za-z0-9]{1,254}");
  private static final Pattern OPTION = Pattern.compile("[!-~]{1,255}");

  /**
   * @throws IllegalArgumentException if the name is no DNS label
   */
  public PodNames {
    Objects.requireNonNull(resolver, "resolver");
    hostname.ifPresent(name -> demand(LABEL, name, "a DNS label"));
    hostAliases = List.copyOf(hostAliases);
  }

  /**
   * A line of {@code /etc/hosts}.
   *
   * @param ip an IPv4 or IPv6 address
   * @param hostnames at least one
   */
  public record HostAlias(String ip, List<String> hostnames) {
    /**
     * @throws IllegalArgumentException if one of them is not of this form
     */
    public HostAlias {
      demand(ADDRESS, ip, "an IP address");
      hostnames = List.copyOf(hostnames);
      if (hostnames.isEmpty()) {
        throw new IllegalArgumentException("no hostnames for " + ip);
      }
      hostnames.forEach(name -> demand(DOMAIN, name, "a host name"));
    }
  }

  /**
   * What {@code /etc/resolv.conf} says (resolv.conf(5)).
   *
   * @param besideTheMachines whether it comes behind what the machine's own says
   * @param nameservers IP addresses
   * @param searches domains
   * @param options as {@code ndots:2} or {@code edns0}
   */
  public record Resolver(
      boolean besideTheMachines,
      List<String> nameservers,
      List<String> searches,
      List<String> options) {
    /**
     * @throws IllegalArgumentException if one of them is not of this form
     */
    public Resolver {
      nameservers = List.copyOf(nameservers);
      searches = List.copyOf(searches);
      options = List.copyOf(options);
      nameservers.forEach(server -> demand(ADDRESS, server, "an IP address"));
      searches.forEach(domain -> demand(DOMAIN, domain, "a domain"));
      options.forEach(option -> demand(OPTION, option, "an option"));
    }
  }

  private static void demand(Pattern form, String text, String what) {
    if (!form.matcher(text).matches()) {
      throw new IllegalArgumentException("not " + what + ": " + Quoted.of(text));
    }
  }
}
