package ee.interlink.batch;

/**
 * One resolved environment variable.
 *
 * @param name not empty, without {@code =} and NUL (Kubernetes allows more than a shell does: dots
 *     and dashes too)
 * @param value any text without NUL; possibly a secret, so never printed
 */
public record EnvVar(String name, String value) {
  /**
   * @throws IllegalArgumentException if a process could not be given such a variable
   */
  public EnvVar {
    if (name == null || name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("not a variable name: " + Quoted.of(name));
    }
    if (value == null || value.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("variable " + Quoted.of(name) + ": no value, or a NUL");
    }
  }

  @Override
  public String toString() {
    return name + "=…";
  }
}
