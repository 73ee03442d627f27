using System.Text.RegularExpressions;
using HaLong.Notifications.Domain;
using HaLong.ServiceDefaults;

namespace HaLong.Notifications.Features.Subscriptions;

/// <summary>What a partner can say about a subscription; when one is changed, what is left out stays.</summary>
internal sealed partial record SubscriptionInput
{
    private const int MostEntries = 100;
    private const int MostHeaders = 10;
    private const int LongestValue = 1000;
    private const int LongestDescription = 200;

    public string? Url { get; init; }

    public string[]? Types { get; init; }

    public string[]? Procedures { get; init; }

    public string[]? Fields { get; init; }

    public string[]? Units { get; init; }

    public Guid[]? Subjects { get; init; }

    public string? Description { get; init; }

    public Dictionary<string, string>? Headers { get; init; }

    /// <summary>Only in a change: paused or active.</summary>
    public string? State { get; init; }

    /// <summary>Everything that is wrong with what is given, but for the address; null when nothing is.</summary>
    public Error? Check()
    {
        var error = SubscriptionErrors.NotUsable;
        foreach (var (name, list) in new[] { ("procedures", Procedures), ("fields", Fields), ("units", Units) })
        {
            if (list is not null && (list.Length > MostEntries || list.Any(c => c is null || !Code().IsMatch(c))))
                error = error.WithField(name, "Tối đa 100 mã, mỗi mã 1–50 chữ, số, dấu chấm, gạch.", "At most 100 codes of 1 to 50 letters, digits, dots or dashes.");
        }

        if (Subjects is { Length: > MostEntries })
            error = error.WithField("subjects", "Tối đa 100 hồ sơ.", "At most 100 dossiers.");
        if (Description is { Length: > LongestDescription } || (Description?.Any(char.IsControl) ?? false))
            error = error.WithField("description", "Tối đa 200 ký tự trên một dòng.", "At most 200 characters on one line.");
        if (Headers is { Count: > MostHeaders })
            error = error.WithField("headers", "Tối đa 10 tiêu đề.", "At most ten headers.");
        foreach (var (name, value) in Headers ?? [])
        {
            if (!IsOwnName(name))
                error = error.WithField("headers", $"Không được dùng tên này: chỉ X-…, trừ X-Forwarded-…: {Shown(name)}", $"This name cannot be used, only X-…, but not X-Forwarded-…: {Shown(name)}");
            else if (value is not { Length: > 0 and <= LongestValue } || value.Any(c => c is < ' ' or > '~'))
                error = error.WithField("headers", $"Giá trị phải có 1–1000 ký tự ASCII in được: {Shown(name)}", $"A value has 1 to 1000 printable ASCII characters: {Shown(name)}");
        }

        return error.FieldMessages.Count > 0 ? error : null;
    }

    /// <summary>The filter that comes of it: given lists instead of those there were.</summary>
    public EventFilter Over(EventFilter before) =>
        new(Types ?? before.Types, Distinct(Procedures) ?? before.Procedures, Distinct(Fields) ?? before.Fields, Distinct(Units) ?? before.Units,
            Subjects?.Distinct().ToArray() ?? before.Subjects);

    /// <summary>
    /// Headers of the partner's own begin with X-. What steers a request on its way (Host, Forwarded, cookies, authorisation for others' servers) is
    /// never theirs: nobody can make the platform say something with it that it does not mean.
    /// </summary>
    internal static bool IsOwnName(string? name) => name is not null && OwnName().IsMatch(name)
        && !name.StartsWith("x-forwarded-", StringComparison.OrdinalIgnoreCase) && !name.StartsWith("x-original-", StringComparison.OrdinalIgnoreCase)
        && !name.Equals("x-real-ip", StringComparison.OrdinalIgnoreCase) && !name.Equals("x-http-method-override", StringComparison.OrdinalIgnoreCase);

    private static string[]? Distinct(string[]? list) => list?.Distinct(StringComparer.Ordinal).ToArray();

    private static string Shown(string name) => name.Length > 40 ? name[..40] + "…" : name;

    [GeneratedRegex("^[A-Za-z0-9._-]{1,50}$")]
    private static partial Regex Code();

    [GeneratedRegex("^[Xx]-[A-Za-z0-9-]{1,60}$")]
    private static partial Regex OwnName();
}
