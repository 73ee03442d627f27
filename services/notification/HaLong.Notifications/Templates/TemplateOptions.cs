using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using HaLong.Notifications.Domain;

namespace HaLong.Notifications.Templates;

internal sealed partial class TemplateOptions : IValidatableObject
{
    public const string Section = "Templates";

    /// <summary>How long a replica may go on with what it read: a publication counts everywhere after this.</summary>
    public TimeSpan RefreshEvery { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Zalo's id of the approved template by kind of notice; a version's own id goes before it.</summary>
    public Dictionary<string, string> ZaloIds { get; init; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (RefreshEvery < TimeSpan.Zero || RefreshEvery > TimeSpan.FromSeconds(5))
            yield return new ValidationResult("Templates:RefreshEvery is between 0 and 5 s.");
        foreach (var (kind, id) in ZaloIds)
        {
            if (!NoticeKinds.Variables.ContainsKey(kind))
                yield return new ValidationResult($"Templates:ZaloIds:{kind} belongs to no notice.");
            else if (!Id().IsMatch(id))
                yield return new ValidationResult($"Templates:ZaloIds:{kind} is 1 to 20 digits.");
        }
    }

    [GeneratedRegex(@"^[0-9]{1,20}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Id();
}
