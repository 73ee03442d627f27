using System.ComponentModel.DataAnnotations;

namespace HaLong.Identity.Passwords;

/// <summary>What passwords are checked against.</summary>
internal sealed class PasswordOptions : IValidatableObject
{
    public const string Section = "Passwords";

    /// <summary>
    /// A file of SHA-1 hashes of passwords known from breaches, one per line, upper-case hex in ascending order, anything after a colon is
    /// ignored (the format in which such collections are published). Empty: only the built-in list is used.
    /// </summary>
    public string BreachedHashes { get; set; } = "";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (BreachedHashes.Length > 0 && !File.Exists(BreachedHashes))
            yield return new ValidationResult("There is no file at Passwords:BreachedHashes.", [nameof(BreachedHashes)]);
    }
}
