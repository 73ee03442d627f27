using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using HaLong.Notifications.Domain;

namespace HaLong.Notifications.Templates;

/// <summary>The texts of a template as they are kept with a version.</summary>
internal sealed record TemplateContent(IReadOnlyList<string> Variables, TemplateTexts Vi, TemplateTexts En)
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        // Read by people in the database, never put into a page as it is.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static TemplateContent Of(Template template) => new(template.Variables, template.Vi, template.En);

    public Template As(string kind, int version) => new(kind, version, Variables, Vi, En);

    /// <summary>The content that a version was published with.</summary>
    /// <exception cref="JsonException">Somebody changed it in the database.</exception>
    public static TemplateContent Read(string json) =>
        JsonSerializer.Deserialize<TemplateContent>(json, Strict) ?? throw new JsonException("The template is empty.");

    public static Template ReadFile(string json) => JsonSerializer.Deserialize<Template>(json, Strict) ?? throw new JsonException("The template is empty.");

    /// <summary>Either the content or what has been drafted of it.</summary>
    public static TemplateText Write<T>(T content)
    {
        var json = JsonSerializer.Serialize(content, Strict);
        return new TemplateText(json, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json))));
    }
}
