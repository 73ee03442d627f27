using System.Text.Json;

namespace HaLong.Notifications.Templates;

/// <summary>What an editor has written so far: any of it may still be missing.</summary>
/// <param name="Variables">The variables that the texts may use.</param>
/// <param name="Vi">Vietnamese texts.</param>
/// <param name="En">English texts.</param>
internal sealed record TemplateInput(IReadOnlyList<string?>? Variables, TextsInput? Vi, TextsInput? En)
{
    public const int LongestJson = 65_536;

    public static TemplateInput Read(string json) =>
        JsonSerializer.Deserialize<TemplateInput>(json, JsonSerializerOptions.Web) ?? new TemplateInput(null, null, null);

    /// <summary>The content, when nothing is missing from it; null otherwise.</summary>
    public TemplateContent? Complete()
    {
        try
        {
            return TemplateContent.Read(TemplateContent.Write(this).Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>Texts of one language.</summary>
/// <param name="InApp">For the inbox.</param>
/// <param name="Email">For the mailbox.</param>
/// <param name="Sms">With Vietnamese marks; sent without them unless the reader wants them.</param>
/// <param name="Push">For devices.</param>
/// <param name="Zalo">Vietnamese only; null where Zalo has approved none.</param>
internal sealed record TextsInput(InAppInput? InApp, EmailInput? Email, string? Sms, PushInput? Push, ZaloInput? Zalo);

internal sealed record InAppInput(string? Title, string? Body);

/// <param name="Subject">One line.</param>
/// <param name="Text">One paragraph each.</param>
/// <param name="Html">The same paragraphs as HTML.</param>
internal sealed record EmailInput(string? Subject, IReadOnlyList<string?>? Text, IReadOnlyList<string?>? Html);

internal sealed record PushInput(string? Title, string? Body);

/// <param name="TemplateId">Zalo's id; null takes the one in the settings.</param>
/// <param name="Parameters">Zalo's name of each parameter, and what fills it.</param>
internal sealed record ZaloInput(string? TemplateId, IReadOnlyDictionary<string, string?>? Parameters);
