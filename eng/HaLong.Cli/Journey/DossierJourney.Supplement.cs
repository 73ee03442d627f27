using System.Text.Json.Nodes;

namespace HaLong.Cli.Journey;

/// <summary>The variant in which the dossier has to be completed: once at each stage, by one complete list (Decree 61/2018, articles 17 and 19.4).</summary>
internal sealed partial class DossierJourney
{
    private const string SecondSupplement = "DOS-0034", SupplementIncomplete = "DOS-0036";

    private static readonly object Blurred = new { component = 1, reason = "Bản chụp mờ, không đọc được số tờ, số thửa; đề nghị chụp lại." };

    private async Task CompleteAtReceptionAsync()
    {
        await StepAsync("reception asks for everything at once", async () =>
        {
            await ActAsync("reception", "supplement-requests", new
            {
                items = new[] { Blurred, new { field = "/areaSquareMetres", name = "Diện tích (m²)", reason = "Khác với trích lục bản đồ địa chính." } },
                legalBasis = "Khoản 1 Điều 17 Nghị định 61/2018/NĐ-CP",
            });
            var dossier = await CheckAsync("SUPPLEMENT_RECEPTION", "applicant", "SUPPLEMENT");
            var asked = dossier["lifecycle"]!["supplement"]!;
            StepLog.Check(asked["items"]!.AsArray().Count == 2, "both things are on the list");
            return "until " + Text(asked, "deadline");
        });
        await StepAsync("citizen is told everything that is missing", () => IncompleteAsync(2));
        await StepAsync("citizen completes the dossier", () => AnswerAsync(new { data = new { areaSquareMetres = 118.7 }, note = "Đã chụp lại và sửa diện tích." }, "SUBMITTED"));
        await StepAsync("reception cannot ask a second time", () => NotAgainAsync("reception"));
    }

    private async Task CompleteInHandlingAsync()
    {
        var before = await DeadlineAsync();
        await StepAsync("case officer asks for a paper", async () =>
        {
            await ActAsync("officer", "supplement-requests", new { items = new[] { Blurred }, legalBasis = "Khoản 4 Điều 19 Nghị định 61/2018/NĐ-CP" });
            await CheckAsync("SUPPLEMENT_PROCESSING", "applicant", "SUPPLEMENT");
            return await StandsAsync();
        });
        await StepAsync("citizen is told what is missing", () => IncompleteAsync(1));
        await StepAsync("citizen completes it, the limit runs anew", async () =>
        {
            await AnswerAsync(new { note = "Đã chụp lại." }, "PROCESSING");
            var after = await DeadlineAsync();
            StepLog.Check(Text(after, "state") == "running" && Text(after["steps"]!.AsArray()[^1]!, "effect") == "restart", "the limit runs anew");
            StepLog.Check(Moment(after, "dueAt") >= Moment(before, "dueAt") && Text(after["limit"]!, "amount") == Text(before["limit"]!, "amount"), "the whole limit counts from the answer");
            evidence.Save("deadline-restarted.json", after);
            return "due " + Text(after, "dueAt");
        });
        await StepAsync("case officer cannot ask a second time", () => NotAgainAsync("officer"));
        await StepAsync("citizen sees both lists", async () =>
        {
            var lists = (await (await AsAsync("citizen")).GetAsync($"/api/v1/dossiers/{_dossierId}/supplement-requests")).Json;
            evidence.Save("supplement-requests.json", lists);
            StepLog.Check(lists.AsArray().Select(l => Text(l!, "stage")).SequenceEqual(["RECEPTION", "PROCESSING"]), "one list at each stage");
            StepLog.Check(lists.AsArray().All(l => Text(l!, "fulfilledAt").Length > 0 && Text(l!, "flagged") == "false"), "both are answered, none is one too many");
            return "2 lists, both answered";
        });
    }

    private async Task<string> IncompleteAsync(int missing)
    {
        var citizen = await AsAsync("citizen");
        var dossier = await citizen.GetAsync($"/api/v1/dossiers/{_dossierId}");
        var problem = await citizen.RefusedAsync($"/api/v1/dossiers/{_dossierId}/supplement", new { }, SupplementIncomplete, dossier.Etag);
        StepLog.Check(problem["errors"]!.AsObject().Count == missing, "all that is missing is told at once: " + problem["errors"]!.ToJsonString());
        return $"{missing} missing";
    }

    private async Task<string> AnswerAsync(object answer, string status)
    {
        await AttachAsync(await AsAsync("citizen"), 1);
        JsonNode dossier = await ActAsync("citizen", "supplement", answer);
        StepLog.Check(Text(dossier, "status") == status, "status " + status);
        return "everything is there";
    }

    private async Task<string> NotAgainAsync(string role)
    {
        var official = await AsAsync(role);
        var dossier = await official.GetAsync($"/api/v1/dossiers/{_dossierId}");
        await official.RefusedAsync($"/api/v1/dossiers/{_dossierId}/supplement-requests", new { items = new[] { Blurred } }, SecondSupplement, dossier.Etag);
        return SecondSupplement;
    }
}
