package ee.interlink.slurm;

import ee.interlink.site.jobs.ValueForm;
import ee.interlink.site.jobs.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.MissingArgumentException;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import org.apache.commons.cli.UnrecognizedOptionException;

/** Options of sbatch in one text, as people write them on its command line. */
final class SbatchFlags {
  /** A text that is no list of options, or has one that is not for pods. */
  static final class NotFlagsException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * @param fault the end of a sentence that begins with what has the text
     */
    NotFlagsException(String fault) {
      super(fault);
    }
  }

  private static final Pattern LETTER_AND_VALUE = Pattern.compile("-[A-Za-z].+", Pattern.DOTALL);

  private SbatchFlags() {}

  /**
   * The flags and their values; null for one without. As with sbatch, of several the last counts.
   */
  static Map<SbatchFlag, String> read(String text) throws NotFlagsException {
    if (text.length() > ValueForm.LONGEST) {
      throw new NotFlagsException("has more than " + ValueForm.LONGEST + " characters");
    }
    List<String> words =
        ShellWords.of(text)
            .orElseThrow(() -> new NotFlagsException("has a quote or a backslash without its end"));
    CommandLine line = parsed(words);
    if (!line.getArgList().isEmpty()) {
      throw new NotFlagsException("has a word that belongs to no option");
    }
    Map<SbatchFlag, String> flags = new EnumMap<>(SbatchFlag.class);
    for (Option option : line.getOptions()) {
      flags.put(flag(option), option.getValue());
    }
    return flags;
  }

  private static CommandLine parsed(List<String> words) throws NotFlagsException {
    try {
      return DefaultParser.builder()
          .setAllowPartialMatching(false)
          .setStripLeadingAndTrailingQuotes(false)
          .get()
          .parse(known(), apart(words).toArray(String[]::new));
    } catch (UnrecognizedOptionException e) {
      throw new NotFlagsException(
          "has " + name(e.getOption()) + ", which is not for pods to set: there are " + all());
    } catch (MissingArgumentException e) {
      throw new NotFlagsException("has " + flag(e.getOption()).option() + " without a value");
    } catch (ParseException e) {
      throw new NotFlagsException("is not a list of options of sbatch");
    }
  }

  /**
   * Behind one dash there is a letter and then its value, as getopt(3) has it. The parser would
   * also look for a long name there. A letter without a value is none of ours.
   */
  private static List<String> apart(List<String> words) {
    List<String> apart = new ArrayList<>();
    for (String word : words) {
      if (LETTER_AND_VALUE.matcher(word).matches()) {
        apart.add(word.substring(0, 2));
        apart.add(word.substring(2));
      } else {
        apart.add(word);
      }
    }
    return apart;
  }

  private static Options known() {
    Options known = new Options();
    for (SbatchFlag flag : SbatchFlag.values()) {
      Option.Builder option = Option.builder(flag.letter().orElse(null)).longOpt(flag.word());
      known.addOption(option.hasArg().optionalArg(flag.standsAlone()).get());
    }
    return known;
  }

  private static SbatchFlag flag(Option option) {
    return Arrays.stream(SbatchFlag.values())
        .filter(flag -> flag.word().equals(option.getLongOpt()))
        .findFirst()
        .orElseThrow();
  }

  /** Of an option with or without its value, which may be anything and is not repeated. */
  private static String name(String option) {
    return Words.shortened(option.split("=", 2)[0]);
  }

  private static String all() {
    return Arrays.stream(SbatchFlag.values())
        .map(SbatchFlag::option)
        .collect(Collectors.joining(", "));
  }
}
