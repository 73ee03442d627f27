using System.Globalization;
using System.Reflection;
using System.Text;
using HaLong.ServiceDefaults;

namespace HaLong.Architecture.Tests;

public sealed class ErrorCatalogueTests
{
    [Fact]
    public void Codes_are_unique_and_speak_both_languages()
    {
        var errors = Errors();
        Assert.NotEmpty(errors);
        Assert.Equal(errors.Count, errors.Select(e => e.Error.Code).Distinct().Count());
        foreach (var (name, error) in errors)
        {
            Assert.Matches("^[A-Z]{3}-[0-9]{4}$", error.Code);
            Assert.False(string.IsNullOrWhiteSpace(error.Vi) || string.IsNullOrWhiteSpace(error.En), name);
            Assert.True(error.Vi != error.En, $"{name} is not translated");
        }
    }

    [Fact]
    public void Every_code_is_documented()
    {
        var text = new StringBuilder("""
            # Errors

            Every refusal is a problem (RFC 9457, `application/problem+json`) with `code` and `traceId`; `title` is in the language of the request
            (`Accept-Language: vi` or `en`); `errors` holds messages by field where there are any. Codes never change their meaning.

            """).AppendLine();
        var prefix = "";
        foreach (var (_, error) in Errors().OrderBy(e => e.Error.Code, StringComparer.Ordinal))
        {
            if (error.Code[..3] != prefix)
            {
                prefix = error.Code[..3];
                text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"## {Section(prefix)}");
            }

            text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"### {error.Code}").AppendLine()
                .AppendLine(CultureInfo.InvariantCulture, $"**{Status(error)}** · {error.En}").AppendLine()
                .AppendLine(error.Vi);
        }

        Repository.Approve("docs/errors.md", text.ToString());
    }

    private static List<(string Name, Error Error)> Errors() =>
    [
        .. Repository.Services.Append(typeof(Error).Assembly).Append(Assembly.Load("HaLong.Gateway")).Append(Assembly.Load("HaLong.Messaging"))
            .SelectMany(a => a.GetTypes())
            .Where(t => t.Name.EndsWith("Errors", StringComparison.Ordinal))
            .SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic).Where(f => f.FieldType == typeof(Error)))
            .Select(f => (f.DeclaringType!.Name + "." + f.Name, (Error)f.GetValue(null)!)),
    ];

    private static string Section(string prefix) => prefix switch
    {
        "CMN" => "Common to all services",
        "IDN" => "Identity",
        "DOS" => "Dossier",
        "PAY" => "Payment",
        "NOT" => "Notification",
        "SIG" => "E-signature",
        _ => prefix,
    };

    private static string Status(Error error) => error.Code == CommonErrors.MethodNotAllowed.Code ? "405" : error.Kind switch
    {
        ErrorKind.Validation => "400",
        ErrorKind.Unauthenticated => "401",
        ErrorKind.Forbidden => "403",
        ErrorKind.NotFound => "404",
        ErrorKind.Conflict or ErrorKind.AlreadyExists => "409",
        ErrorKind.PreconditionFailed => "412",
        ErrorKind.TooLarge => "413",
        ErrorKind.UnsupportedMedia => "415",
        ErrorKind.KeyReused => "422",
        ErrorKind.TooMany => "429",
        ErrorKind.Unavailable => "503",
        ErrorKind.Timeout => "504",
        _ => "500",
    };
}
