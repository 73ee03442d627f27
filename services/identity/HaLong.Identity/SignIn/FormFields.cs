using HaLong.ServiceDefaults;

namespace HaLong.Identity.SignIn;

/// <summary>Labelled fields of a form that was perhaps sent before: what was typed stays, and what is wrong stands beside its field.</summary>
internal sealed class FormFields(IFormCollection? sent, Error? error)
{
    /// <summary>The message above the form; what belongs to one field stands there.</summary>
    public Html Summary => Forms.Summary(error);

    public string Value(string name) => sent?[name].ToString() ?? "";

    /// <param name="name">Name and id of the field.</param>
    /// <param name="label">What it asks for.</param>
    /// <param name="attributes">Further attributes, as written.</param>
    /// <param name="hint">A sentence below the label; null for none.</param>
    /// <param name="keep">False for what must not be shown again: passwords and codes.</param>
    public Html Input(string name, string label, string attributes, string? hint = null, bool keep = true)
    {
        var wrong = Messages(name);
        var described = string.Join(' ', (string?[])[hint is null ? null : name + "-hint", wrong.Count > 0 ? name + "-error" : null]).Trim();
        return Html.Of($"""
            <label for="{name}">{label}</label>
            {(hint is null ? Html.Empty : Html.Of($"""<p class="hint" id="{name}-hint">{hint}</p>"""))}
            <input id="{name}" name="{name}" value="{(keep ? Value(name) : "")}" {new Html(attributes)}{Describe(described, wrong.Count > 0)}>
            {Error(name, wrong)}
            """);
    }

    public Html Select(string name, string label, params ReadOnlySpan<(string Value, string Text)> options)
    {
        var list = Html.Empty;
        foreach (var (value, text) in options)
            list = Html.Of($"""{list}<option value="{value}"{(Value(name) == value ? new Html(" selected") : Html.Empty)}>{text}</option>""");
        var wrong = Messages(name);
        return Html.Of($"""
            <label for="{name}">{label}</label>
            <select id="{name}" name="{name}"{Describe(wrong.Count > 0 ? name + "-error" : "", wrong.Count > 0)}>{list}</select>
            {Error(name, wrong)}
            """);
    }

    /// <summary>A box that nobody has ticked beforehand.</summary>
    public Html Tick(string name, string label)
    {
        var wrong = Messages(name);
        return Html.Of($"""
            <label class="tick" for="{name}"><input id="{name}" name="{name}" type="checkbox" value="true" required{Describe(wrong.Count > 0 ? name + "-error" : "", wrong.Count > 0)}><span>{label}</span></label>
            {Error(name, wrong)}
            """);
    }

    private static Html Describe(string ids, bool isWrong) => Html.Of(
        $"{(isWrong ? new Html(" aria-invalid=\"true\"") : Html.Empty)}{(ids.Length > 0 ? Html.Of($" aria-describedby=\"{ids}\"") : Html.Empty)}");

    private static Html Error(string name, List<string> messages) =>
        messages.Count == 0 ? Html.Empty : Html.Of($"""<p class="error" id="{name}-error">{string.Join(' ', messages)}</p>""");

    private List<string> Messages(string name) => [.. (error?.FieldMessages ?? []).Where(m => m.Field == name).Select(m => m.Message)];
}
