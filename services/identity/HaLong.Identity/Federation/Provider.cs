using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using HaLong.ServiceDefaults;

namespace HaLong.Identity.Federation;

/// <summary>A configured provider.</summary>
internal sealed partial record Provider(string Name, ProviderOptions Options)
{
    /// <summary>Name of its authentication scheme.</summary>
    public string Scheme => "federation." + Name;

    public string CallbackPath => $"/account/external/{Name}/callback";

    public string DisplayName => Text.Bilingual(Options.DisplayNameVi, Options.DisplayNameEn);

    public bool Verifies(string? assurance) =>
        assurance is not null && Options.VerifiedValues.Split(' ', StringSplitOptions.RemoveEmptyEntries).Contains(assurance, StringComparer.OrdinalIgnoreCase);

    /// <summary>The providers of the configuration; one that is not complete stops the start and is named.</summary>
    public static IReadOnlyList<Provider> Read(IConfiguration configuration) =>
        [.. configuration.GetSection(ProviderOptions.Section).GetChildren().Select(Read)];

    private static Provider Read(IConfigurationSection section)
    {
        var options = section.Get<ProviderOptions>() ?? new ProviderOptions();
        var problems = new List<ValidationResult>();
        if (!Names().IsMatch(section.Key))
            throw new InvalidOperationException($"{section.Path}: a provider's name has 2 to 40 lower-case letters, digits and dashes.");
        if (!Validator.TryValidateObject(options, new ValidationContext(options), problems, validateAllProperties: true))
            throw new InvalidOperationException(string.Join(' ', problems.Select(p => $"{section.Path}:{p.MemberNames.First()}: {p.ErrorMessage}")));
        return new Provider(section.Key, options);
    }

    [GeneratedRegex("^[a-z][a-z0-9-]{1,39}$")]
    private static partial Regex Names();
}
