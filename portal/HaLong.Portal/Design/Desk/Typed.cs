using System.Net;
using HaLong.Portal.Api;

namespace HaLong.Portal.Design.Desk;

/// <summary>What was typed into a form that came back, and why: nothing that was typed is lost.</summary>
/// <param name="Step">Which form; null where none came back.</param>
/// <param name="Values">By field.</param>
/// <param name="Trouble">What the API said; null where nothing was refused.</param>
/// <param name="Status">Of the page.</param>
/// <param name="Once">Key of the forms.</param>
public sealed record Typed(string? Step, IReadOnlyDictionary<string, string> Values, Trouble? Trouble, int Status, string Once)
{
    public static Typed Nothing => new(null, new Dictionary<string, string>(), null, StatusCodes.Status200OK, FormKey.New());

    /// <summary>Somebody else was faster: what is shown is as it is now.</summary>
    public bool IsStale => Status == (int)HttpStatusCode.PreconditionFailed;

    /// <summary>The form wants more rows; nothing was sent on.</summary>
    public static Typed More(string step, IFormCollection form) => new(step, ValuesOf(form), null, StatusCodes.Status200OK, form["once"].ToString());

    public static Typed Again<T>(string step, IFormCollection form, Answer<T> refused) => new(
        step, ValuesOf(form), refused.Trouble, (int)refused.Status,
        // Whether it had its effect nobody knows: sent again as it is, it has it once.
        refused.Status == HttpStatusCode.ServiceUnavailable && form["once"].ToString() is { Length: > 0 } once ? once : FormKey.New());

    private static Dictionary<string, string> ValuesOf(IFormCollection form) =>
        form.ToDictionary(f => f.Key, f => string.Join('\n', f.Value.AsEnumerable()), StringComparer.Ordinal);

    /// <summary>What a field shows.</summary>
    public string Of(Step step, Ask ask) => IsOf(step) && ask.Kind is not (AskKind.Hidden or AskKind.Secret) ? Values.GetValueOrDefault(ask.Name, "")
        : ask.Value ?? "";

    public bool IsOf(Step step) => Step == step.Name;

    /// <summary>The version that a form goes against: as it was shown first, unless somebody was faster and all is shown anew.</summary>
    public string? VersionOf(Step step, string? now) => IsOf(step) && !IsStale ? Values.GetValueOrDefault("version") : now;

    /// <summary>What was said against a field.</summary>
    public string? ErrorOf(Step step, Ask ask) =>
        IsOf(step) && Trouble?.Errors?.GetValueOrDefault(ask.Name) is { Length: > 0 } said ? string.Join(" ", said) : null;
}
