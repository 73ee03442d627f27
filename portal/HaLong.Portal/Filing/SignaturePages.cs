using System.Net;
using System.Net.Http.Headers;
using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.Portal.Find;
using HaLong.Portal.Session;
using HaLong.Portal.Signing;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Mvc;

namespace HaLong.Portal.Filing;

/// <summary>
/// <c>/filing/{id}/signature</c>: a paper of the draft, or the form as it is filled in, goes into a signing session of the applicant;
/// <c>/filing/{id}/signature/{session}</c>: what was signed goes back into the draft.
/// </summary>
internal static class SignaturePages
{
    private const int LongestPurpose = 200;

    public static void Map(RouteGroupBuilder group)
    {
        group.MapPost("/{id:guid}/signature", StartAsync);
        // Where the form was sent after the session had ended, the sign-in leads back with a GET.
        group.MapGet("/{id:guid}/signature", (Guid id) => TypedResults.LocalRedirect($"/filing/{id}/review"));
        group.MapGet("/{id:guid}/signature/{session:guid}", ShowAsync);
        group.MapPost("/{id:guid}/signature/{session:guid}", AttachAsync);
    }

    private static async Task<IResult> StartAsync(
        Guid id, [FromForm(Name = "document")] string? unsigned, [FromForm] string? component, [FromForm] string? once, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var document = IdOf(unsigned);
        var (draft, otherwise) = await FilingPages.DraftAsync(api, id, context, ct);
        if (otherwise is not null)
            return otherwise;
        var file = await api.BytesAsync(document is null ? $"dossiers/{id}/application-form" : $"dossiers/{id}/documents/{document}", ct);
        if (file.Value is null)
            return Refused(file, id, context);
        var name = draft.Value!.Documents.FirstOrDefault(d => d.Id == document)?.FileName ?? $"don-{draft.Value.ProcedureCode}.pdf";
        using var form = Form(file.Value, name, ("purpose", Short(draft.Value.ProcedureName)), ("subject", id.ToString()), ("role", Text.Bilingual("Người nộp hồ sơ", "Applicant")));
        var made = await api.SendAsync<SigningSession>(HttpMethod.Post, "signing-sessions", form, FormKey.Of(once), null, ct);
        if (made.Value is null)
            return Refused(made, id, context);
        return Pages.Go(ToSign(id, made.Value.Id, NumberOf(component), document));
    }

    private static async Task<IResult> ShowAsync(Guid id, Guid session, string? component, string? document, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var (draft, otherwise) = await FilingPages.DraftAsync(api, id, context, ct);
        return otherwise ?? await PageAsync(
            draft.Value!, session, NumberOf(component), IdOf(document), null, 200, api, ct);
    }

    private static async Task<IResult> AttachAsync(
        Guid id, Guid session, [FromForm(Name = "component")] string? chosen, [FromForm(Name = "document")] string? unsigned, [FromForm] string? once, ApiClient api, HttpContext context,
        CancellationToken ct)
    {
        var (component, document) = (NumberOf(chosen), IdOf(unsigned));
        var (draft, otherwise) = await FilingPages.DraftAsync(api, id, context, ct);
        if (otherwise is not null)
            return otherwise;
        var signed = await api.GetAsync<SigningSession>($"signing-sessions/{session}", ct);
        if (signed.Value is not { State: "completed", Documents: [var paper, ..] })
            return signed.Value is null ? Refused(signed, id, context) : Pages.Go(ToSign(id, session, component, document));
        var file = await api.BytesAsync($"signing-sessions/{session}/documents/{paper.Id}/content", ct);
        if (file.Value is null)
            return Refused(file, id, context);
        using var form = Form(file.Value, paper.Name, ("component", $"{component}"));
        var attached = await api.SendAsync<DraftDocument>(HttpMethod.Post, $"dossiers/{id}/documents", form, FormKey.Of(once), null, ct);
        if (attached.Status == HttpStatusCode.Unauthorized)
            return Refused(attached, id, context);
        if (!attached.IsSuccess)
            return await PageAsync(draft.Value!, session, component, document, attached.Trouble, (int)attached.Status, api, ct);
        // The signed one takes the place of the unsigned one; one that is still there does no harm and can be removed by hand.
        if (document is not null)
            await api.SendAsync<object>(HttpMethod.Delete, $"dossiers/{id}/documents/{document}", (HttpContent?)null, FormKey.New(), null, ct);
        return Pages.Go($"/filing/{id}/papers");
    }

    private static async Task<IResult> PageAsync(
        Draft draft, Guid session, int? chosen, Guid? replaces, Trouble? trouble, int status, ApiClient api, CancellationToken ct)
    {
        var procedure = await api.GetAsync<Procedure>("procedures/" + Uri.EscapeDataString(draft.ProcedureCode), ct);
        var components = procedure.Value?.Components ?? [];
        // The form is most likely the paper that is still missing.
        chosen ??= components.FirstOrDefault(c => c.Required && draft.Documents.All(d => d.Component != c.Number))?.Number;
        return Pages.Of<SignedPaper>(new SignedPaperModel(draft, session, components, chosen, replaces, trouble ?? procedure.Trouble, FormKey.New()), status);
    }

    private static IResult Refused<T>(Answer<T> refused, Guid id, HttpContext context) => refused.Status == HttpStatusCode.Unauthorized
        ? SignInNeeded.From(context, $"/filing/{id}/review") : Pages.Of<NotNow>(refused.Trouble, (int)refused.Status);

    private static MultipartFormDataContent Form(byte[] pdf, string name, params IEnumerable<(string Name, string Value)> fields)
    {
        var form = new MultipartFormDataContent();
        foreach (var (field, value) in fields)
            form.Add(new StringContent(value), field);
        var content = new ByteArrayContent(pdf);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/pdf");
        form.Add(content, "file", name);
        return form;
    }

    private static string ToSign(Guid id, Guid session, int? component, Guid? document) =>
        $"/signing/{session}?to={Uri.EscapeDataString($"/filing/{id}/signature/{session}?component={component}&document={document}")}";

    private static Guid? IdOf(string? text) => Guid.TryParse(text, out var id) ? id : null;

    private static int? NumberOf(string? text) => int.TryParse(text, out var number) ? number : null;

    private static string Short(string purpose) => purpose.Length > LongestPurpose ? purpose[..(LongestPurpose - 1)] + "…" : purpose;
}
