using System.Text.Json;
using HaLong.Identity.Contracts.Events;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Features.Lifecycle;

public sealed class NoteTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    [Fact]
    public async Task Colleagues_read_every_note_and_the_applicant_what_is_meant_for_him()
    {
        var client = dossiers.Citizen();
        var id = await SubmittedAsync(client, Free);
        var reception = dossiers.Official(Roles.Reception);
        await BodyAsync(await PostAsync(reception, id, "notes", new { text = "Kiểm tra lại chữ ký" }));
        await BodyAsync(await PostAsync(dossiers.Official(Roles.Leader), id, "notes", new { text = "Xin mang bản chính khi đến nhận", visible = true }));
        await RefusedAsync(await PostAsync(reception, id, "notes", new { text = "" }), 400, "DOS-0006");
        await RefusedAsync(await PostAsync(reception, id, "notes", new { text = "Muộn" }, ifMatch: "\"1\""), 412, "CMN-0412");
        await RefusedAsync(await PostAsync(dossiers.Official(Roles.Auditor), id, "notes", new { text = "Không phải việc của tôi" }), 403, "DOS-0019");

        var seen = Items(await GetAsync(reception, $"/api/v1/dossiers/{id}/notes"));
        Assert.Equal(["Xin mang bản chính khi đến nhận", "Kiểm tra lại chữ ký"], seen.Select(n => n.GetProperty("text").GetString()));
        Assert.All(seen, n => Assert.NotEqual(JsonValueKind.Null, n.GetProperty("author").ValueKind));
        var first = await GetAsync(reception, $"/api/v1/dossiers/{id}/notes?limit=1");
        Assert.Equal("Kiểm tra lại chữ ký", Items(await GetAsync(reception, $"/api/v1/dossiers/{id}/notes?limit=1&after={first.GetProperty("after").GetString()}")).Single().GetProperty("text").GetString());
        var mine = Assert.Single(Items(await GetAsync(client, $"/api/v1/dossiers/{id}/notes")));
        Assert.Equal(("leader", JsonValueKind.Null), (mine.GetProperty("role").GetString(), mine.GetProperty("author").ValueKind));
        await RefusedAsync(await dossiers.Citizen().GetAsync($"/api/v1/dossiers/{id}/notes", Ct), 404, "DOS-0001");

        // The timeline says that there is one, and only of the visible one; not what it says.
        var steps = (await GetAsync(client, $"/api/v1/dossiers/{id}/timeline")).EnumerateArray().ToList();
        Assert.Equal(["submit", "note"], steps.Select(s => s.GetProperty("action").GetString()));
        Assert.DoesNotContain("bản chính", steps[1].GetProperty("noteVi").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_reads_notes_or_forms_of_others_is_in_the_record()
    {
        await using var reads = await dossiers.ListenAsync<PersonalDataRead>();
        var (owner, officer) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var id = await SubmittedAsync(dossiers.Citizen(owner), Free);
        var official = dossiers.Official(Roles.Officer, id: officer);
        await GetAsync(official, $"/api/v1/dossiers/{id}/notes");
        await GetAsync(official, $"/api/v1/dossiers/{id}/forms");
        await GetAsync(official, $"/api/v1/dossiers/{id}/opinions");
        await GetAsync(official, $"/api/v1/dossiers/{id}/supplement-requests");
        await Eventually.Async(() => Task.FromResult(reads.Heard.Count(r => r.ActorId == officer) == 4), "four readings are told");
        Assert.Equal(["dossier", "form-list", "notes", "opinions"], reads.Heard.Where(r => r.ActorId == officer).Select(r => r.What).Order());
        Assert.All(reads.Heard.Where(r => r.ActorId == officer), r => Assert.Equal(owner, Assert.Single(r.SubjectIds)));
    }

    [Fact]
    public async Task What_the_caller_can_do_is_told_by_role_and_state()
    {
        var client = dossiers.Citizen();
        var id = await SubmittedAsync(client, Free);
        Assert.Equal(["withdraw"], Possible(await ViewAsync(client, id)));
        Assert.Equal(["accept", "note", "reject", "requestSupplement"], Possible(await ViewAsync(dossiers.Official(Roles.Reception), id)));
        Assert.Equal(["note"], Possible(await ViewAsync(dossiers.Official(Roles.Officer), id)));
    }

    private static IEnumerable<string?> Possible(JsonElement view) => view.GetProperty("lifecycle").GetProperty("possible").EnumerateArray().Select(p => p.GetString()).Order();

    private static List<JsonElement> Items(JsonElement page) => [.. page.GetProperty("items").EnumerateArray()];
}
