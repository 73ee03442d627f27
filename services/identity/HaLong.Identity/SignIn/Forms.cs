using System.Globalization;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Antiforgery;

namespace HaLong.Identity.SignIn;

/// <summary>Pieces that every form of the service's own pages is made of.</summary>
internal static class Forms
{
    /// <summary>The fields sent, or null when it is no form or one that this page did not hand out.</summary>
    public static async Task<IFormCollection?> ReadAsync(HttpContext http, IAntiforgery antiforgery, CancellationToken ct) =>
        http.Request.HasFormContentType && await antiforgery.IsRequestValidAsync(http) ? await http.Request.ReadFormAsync(ct) : null;

    /// <summary>Opens a form with its hidden fields.</summary>
    /// <param name="http">The request; names the language.</param>
    /// <param name="antiforgery">Proof that the form comes from here.</param>
    /// <param name="action">Path it is sent to.</param>
    /// <param name="hidden">Further hidden fields; those without a value are left out.</param>
    public static Html Start(HttpContext http, IAntiforgery antiforgery, string action, params ReadOnlySpan<(string Name, string? Value)> hidden)
    {
        var tokens = antiforgery.GetAndStoreTokens(http);
        var fields = Html.Empty;
        foreach (var (name, value) in hidden)
        {
            if (value is not null)
                fields = Html.Of($"""{fields}<input type="hidden" name="{name}" value="{value}">""");
        }

        return Html.Of($"""
            <form method="post" action="{PageLink.To(http, action)}" novalidate>
            <input type="hidden" name="{tokens.FormFieldName}" value="{tokens.RequestToken}">{fields}
            """);
    }

    /// <summary>A form that is one button.</summary>
    public static Html Button(
        HttpContext http, IAntiforgery antiforgery, string action, string text, string describedBy = "", params ReadOnlySpan<(string Name, string? Value)> hidden) =>
        Html.Of($"""
            {Start(http, antiforgery, action, hidden)}
            <button type="submit" class="quiet"{(describedBy.Length > 0 ? Html.Of($" aria-describedby=\"{describedBy}\"") : Html.Empty)}>{text}</button>
            </form>
            """);

    public static Html Summary(Error? error) =>
        error is null ? Html.Empty : Html.Of($"""<p class="summary" role="alert">{error.Message}</p>""");

    /// <summary>Marks a field as wrong, ties it to its message and puts the cursor there.</summary>
    public static Html Invalid(string field, Error? error) =>
        error is null ? Html.Empty : Html.Of($""" aria-invalid="true" aria-describedby="{field}-error" """);

    public static Html Message(string field, Error? error) =>
        error is null ? Html.Empty : Html.Of($"""<p class="error" id="{field}-error">{error.Message}</p>""");

    public static void RetryAfter(HttpContext http, TimeSpan wait) =>
        http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
}
