package ee.interlink.site;

import java.util.LinkedHashMap;
import java.util.Map;

/** The few variables that a command on this host needs to be itself. */
final class CleanEnvironment {
  private CleanEnvironment() {}

  static Map<String, String> ofThisProcess() {
    Map<String, String> environment = new LinkedHashMap<>();
    String user = System.getProperty("user.name");
    environment.put("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
    environment.put("HOME", System.getProperty("user.home"));
    environment.put("USER", user);
    environment.put("LOGNAME", user);
    environment.put("LANG", "C.UTF-8");
    String slurmConf = System.getenv("SLURM_CONF");
    if (slurmConf != null) {
      environment.put("SLURM_CONF", slurmConf);
    }
    return environment;
  }
}
