package io.nnem.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.nnem.core.Option;
import io.nnem.core.Options;
import io.nnem.core.Plugin;
import java.util.List;

/** Law 7 for one provider: a name that it can be asked for by, and options with names. */
final class Names {

  private static final String NAME = "[a-z][a-z0-9]*(-[a-z0-9]+)*";

  private Names() {}

  static void check(Plugin provider, Options options) {
    assertThat(provider.name())
        .as(
            "law 7: a name is lower-case letters, digits and single hyphens, and starts with a"
                + " letter")
        .matches(NAME);
    List<String> names = provider.options().stream().map(Option::name).toList();
    assertThat(names)
        .as("law 7: options() must list the options that the test sets, each once")
        .doesNotHaveDuplicates()
        .containsAll(options.values().keySet());
    for (Option<?> option : provider.options()) {
      assertThat(option.name()).as("law 7: the name of an option").matches(NAME);
      assertThat(option.description()).as("what %s does", option.name()).isNotBlank();
      assertThat(option.parse(option.fallbackText()))
          .as("the default of %s, written and read", option.name())
          .isEqualTo(option.fallback());
    }
  }
}
