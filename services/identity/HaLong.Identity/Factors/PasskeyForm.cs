using System.Reflection;
using HaLong.Identity.SignIn;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Antiforgery;

namespace HaLong.Identity.Factors;

/// <summary>The forms that the passkey script fills in and sends. Without script the button stays hidden.</summary>
internal static class PasskeyForm
{
    public const string Credential = "credential";

    private const string State = "passkeyState";

    public static (string Credential, string State) Read(IFormCollection form) => (form[Credential].ToString(), form[State].ToString());

    /// <summary>Asks for a passkey.</summary>
    public static Html Get(
        HttpContext http, IAntiforgery antiforgery, string action, PasskeyCeremony.Question question, string returnUrl, string text, bool autofill = false) =>
        Of(Forms.Start(http, antiforgery, action, ("returnUrl", returnUrl), (State, question.State), (Credential, "")), question, "get", text, Html.Empty,
            autofill ? new Html(" data-autofill=\"yes\"") : Html.Empty);

    /// <summary>Registers a passkey.</summary>
    public static Html Create(
        HttpContext http, IAntiforgery antiforgery, string action, PasskeyCeremony.Question question, string? returnUrl, string text, Html fields) =>
        Of(Forms.Start(http, antiforgery, action, ("returnUrl", returnUrl), (State, question.State), (Credential, "")), question, "create", text, fields, Html.Empty);

    private static Html Of(Html start, PasskeyCeremony.Question question, string kind, string text, Html fields, Html autofill)
    {
        var failed = Text.Bilingual(
            "Trình duyệt không trả về khóa truy cập. Hãy thử lại hoặc dùng cách khác.", "The browser returned no passkey. Try again or use another way.");
        var data = Html.Of($" data-passkey=\"{kind}\" data-options=\"{question.Options}\"");
        return Html.Of($"""
            {new Html(start.Text.Replace(" novalidate>", $" novalidate{data.Text}{autofill.Text}>", StringComparison.Ordinal))}
            {fields}
            <button type="button" class="quiet" hidden>{text}</button>
            <p class="error" role="alert" hidden>{failed}</p>
            </form>
            """);
    }
}

/// <summary>The script, carried inside the assembly.</summary>
internal static class PasskeyScript
{
    public const string Path = "/account/passkeys.js";

    private static readonly byte[] Source = Read();

    public static IResult Get(HttpContext http)
    {
        http.Response.Headers.CacheControl = "public, max-age=300";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.Bytes(Source, "text/javascript; charset=utf-8");
    }

    private static byte[] Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("passkeys.js") ?? throw new InvalidOperationException("passkeys.js is not in the assembly.");
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
