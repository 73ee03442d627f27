using HaLong.Portal.Api;

namespace HaLong.Portal.Design;

/// <summary>A form that was sent and not taken: why, and what was typed, so that nothing is lost. Nothing of it on a page that is just opened.</summary>
public sealed class Tried
{
    private readonly IFormCollection? _form;

    private Tried(IFormCollection? form, Trouble? trouble, int status) => (_form, Trouble, Status) = (form, trouble, status);

    public static Tried Nothing { get; } = new(null, null, StatusCodes.Status200OK);

    public Trouble? Trouble { get; }

    /// <summary>Of the refusal; 200 on a page that is just opened.</summary>
    public int Status { get; }

    /// <summary>What was typed; empty for nothing.</summary>
    public string this[string name] => _form?[name].ToString() ?? "";

    /// <summary>The key of the form, where nobody knows whether it had its effect: sent again with it, it has none twice.</summary>
    public string? Once => Status == StatusCodes.Status503ServiceUnavailable ? this["once"] : null;

    /// <summary>The form that was tried, where a page has several.</summary>
    public bool Is(string form) => this["form"] == form;

    /// <summary>What is wrong with a field; null for nothing.</summary>
    public string? Wrong(string field) => Trouble?.Errors?.TryGetValue(field, out var messages) == true ? string.Join(' ', messages) : null;

    internal static Tried Of<T>(Answer<T> answer, IFormCollection form) => new(form, answer.Trouble, (int)answer.Status);

    /// <summary>What the portal itself does not take: there is nothing to ask the API.</summary>
    internal static Tried Of(IFormCollection form, string field, string message) => new(
        form, new Trouble(message, null, null, new Dictionary<string, string[]> { [field] = [message] }), StatusCodes.Status400BadRequest);
}
