package ee.interlink.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileConfigSourceTest {
  @TempDir Path directory;

  @Test
  void the_file_that_is_named_is_read() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("il.properties"),
            "# where to\ninterlink.backends.b.driver = local  \ninterlink.state.directory=/ü\n");
    FileConfigSource source = new FileConfigSource(file.toString());
    assertThat(source.getValue("interlink.backends.b.driver")).isEqualTo("local");
    assertThat(source.getValue("interlink.state.directory")).isEqualTo("/ü");
    assertThat(source.getPropertyNames()).hasSize(2);
    assertThat(source.getName()).contains("INTERLINK_CONFIG").contains(file.toString());
  }

  @Test
  void no_file_is_no_setting() {
    assertThat(new FileConfigSource((String) null).getProperties()).isEmpty();
    assertThat(new FileConfigSource(" ").getProperties()).isEmpty();
  }

  @Test
  void a_file_that_is_not_there_stops_the_start_with_its_name() {
    assertThatThrownBy(() -> new FileConfigSource("/nowhere/il.properties"))
        .hasMessageContaining("INTERLINK_CONFIG")
        .hasMessageContaining("/nowhere/il.properties");
  }

  @Test
  void a_fault_in_it_is_told_as_the_configurations() throws IOException {
    Path file =
        Files.writeString(directory.resolve("il.properties"), "interlink.backends.b.drivr=x\n");
    Config config =
        new SmallRyeConfigBuilder().withSources(new FileConfigSource(file.toString())).build();
    assertThatThrownBy(() -> ConfigurationProducer.read(config))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("interlink.backends.b.driver");
  }

  @Test
  void without_a_word_the_journal_is_a_file_that_loses_no_answered_commit() {
    DatabaseSettings settings = DatabaseSettings.from(new SmallRyeConfigBuilder().build());
    assertThat(settings.url()).startsWith("jdbc:h2:file:/").contains(";WRITE_DELAY=0");
  }

  @Test
  void a_password_is_never_printed() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("il.properties"),
            "interlink.database.url=jdbc:postgresql://db/il\ninterlink.database.password=hunter2\n");
    DatabaseSettings settings =
        DatabaseSettings.from(
            new SmallRyeConfigBuilder().withSources(new FileConfigSource(file.toString())).build());
    assertThat(settings.password()).isEqualTo("hunter2");
    assertThat(settings.toString()).doesNotContain("hunter2");
  }
}
