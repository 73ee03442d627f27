using System.Text.Json;
using System.Text.Json.Nodes;
using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Persistence;
using HaLong.Identity.Contracts;
using HaLong.Messaging;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Features;

/// <summary>Changes the subject or the form data of a draft by a JSON merge patch.</summary>
internal sealed class EditDossier(DossierDesk desk, ActingRights rights, TimeProvider time)
{
    public static void Map(IEndpointRouteBuilder group) => group
        .MapPatch("/{id:guid}", (Guid id, JsonElement patch, EditDossier handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(id, patch, http, ct))
        .WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.Filing)
        .Accepts<JsonElement>("application/merge-patch+json", "application/json")
        .WithSummary("Change a draft by a JSON merge patch of subject and data")
        .Answers<DossierView>(200, 400, 403, 404, 409, 412, 422, 503);

    private async Task<IResult> HandleAsync(Guid id, JsonElement patch, HttpContext http, CancellationToken ct)
    {
        var taken = await desk.TakeOwnAsync(id, Acts.DossierFill, http.Request, ct);
        if (!taken.IsSuccess)
            return taken.Error.ToProblem();
        var dossier = taken.Value;
        if (patch.ValueKind != JsonValueKind.Object || !JsonInput.IsStorable(patch))
            return DraftRules.Add(null, "patch", "Bản vá phải là một đối tượng JSON lưu được.", "The patch must be a JSON object that can be stored.").ToProblem();

        var error = default(Error);
        var (subject, data) = (dossier.Subject, dossier.Data);
        foreach (var property in patch.EnumerateObject())
        {
            switch (property.Name)
            {
                case "subject":
                    subject = property.Value.ValueKind == JsonValueKind.String ? property.Value.GetString()!.Trim() : "";
                    error = DraftRules.CheckSubject(error, subject);
                    break;
                case "data":
                    // Null empties the form; anything but an object cannot be form data.
                    data = property.Value.ValueKind == JsonValueKind.Null
                        ? "{}"
                        : JsonInput.Merge(JsonNode.Parse(data), property.Value)!.ToJsonString(DataFiles.Json);
                    error = DraftRules.CheckData(error, JsonElement.Parse(data));
                    break;
                default:
                    error = DraftRules.Add(error, "patch", "Chỉ đổi được “subject” và “data”.", "Only “subject” and “data” can be changed.");
                    break;
            }
        }
        if (error is not null)
            return error.ToProblem();
        var edited = dossier.Edit(subject, data, time.Now());
        if (!edited.IsSuccess)
            return edited.Error.ToProblem();
        var allowed = await rights.CommitAsync(Acts.DossierFill, dossier, ct);
        return allowed.IsSuccess ? await desk.SaveAsync(dossier, "edit", http, ct) : allowed.Error.ToProblem();
    }
}
