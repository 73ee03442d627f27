using System.Net.Http.Json;
using HaLong.Identity.Contracts;
using HaLong.ServiceDefaults;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Features.Lifecycle;

/// <summary>Identity is down: what needs it says so and changes nothing, the rest goes on.</summary>
public sealed class NeighbourDownTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    [Fact]
    public async Task What_needs_identity_is_refused_for_the_moment_and_the_rest_of_the_handling_goes_on()
    {
        var (client, officer) = (dossiers.Citizen(), Guid.CreateVersion7());
        var mine = dossiers.Official(Roles.Officer, id: officer);
        var id = await dossiers.ProcessingAsync(client, officer: officer);
        var waiting = await dossiers.AcceptedAsync(client, Free);
        var version = (await ViewAsync(client, id)).GetProperty("version").GetUInt32();
        dossiers.Neighbours.IdentityDown = true;
        try
        {
            using var handedOver = await PostAsync(mine, id, "assignment", new { officerId = Guid.CreateVersion7(), reason = "Đi công tác" });
            await RefusedAsync(handedOver, 503, "DOS-0010");
            Assert.NotNull(handedOver.Headers.RetryAfter);
            await RefusedAsync(await PostAsync(mine, id, "opinions", new { unitCode = "06610", question = "Đơn vị chưa từng hỏi" }), 503, "DOS-0010");
            Assert.Equal(version, (await ViewAsync(client, id)).GetProperty("version").GetUInt32());

            // Nobody has to be asked for these.
            await BodyAsync(await PostAsync(mine, waiting, "assignment"));
            await BodyAsync(await PostAsync(mine, id, "supplement-requests", new { items = new[] { new { field = "/thua", reason = "Thiếu" } } }));
            await BodyAsync(await PostAsync(client, id, "supplement", new { data = new { thua = 3 } }));
            await BodyAsync(await PostAsync(client, id, "withdrawal", new { reason = "Không còn nhu cầu" }));
        }
        finally
        {
            dossiers.Neighbours.IdentityDown = false;
        }
    }

    [Fact]
    public async Task A_delegate_cannot_withdraw_or_complete_while_his_right_cannot_be_checked()
    {
        var owner = Guid.CreateVersion7();
        var id = await SubmittedAsync(dossiers.Citizen(owner), Free);
        await BodyAsync(await PostAsync(dossiers.Official(Roles.Reception), id, "supplement-requests", new { items = new[] { new { field = "/thua", reason = "Thiếu" } } }));
        var (filer, _) = dossiers.Delegate(owner, new TestRight(Acts.DossierSubmit));
        dossiers.Neighbours.IdentityDown = true;
        try
        {
            await RefusedAsync(await PostAsync(filer, id, "withdrawal", new { reason = "Thử" }), 503, "DOS-0029");
            await RefusedAsync(await PostAsync(filer, id, "supplement", new { data = new { thua = 3 } }), 503, "DOS-0029");
        }
        finally
        {
            dossiers.Neighbours.IdentityDown = false;
        }
        Assert.Equal("SUPPLEMENT_RECEPTION", (await ViewAsync(dossiers.Citizen(owner), id)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_right_that_ends_between_asking_and_answering_ends_the_answer()
    {
        var owner = Guid.CreateVersion7();
        var id = await SubmittedAsync(dossiers.Citizen(owner), Free);
        var right = new TestRight(Acts.DossierRead, Acts.DossierSubmit);
        var (filer, _) = dossiers.Delegate(owner, right);
        await ViewAsync(filer, id);
        right.Active = false;

        await RefusedAsync(await PostAsync(filer, id, "withdrawal", new { reason = "Thử" }), 403, "DOS-0028");

        Assert.Equal("SUBMITTED", (await ViewAsync(dossiers.Citizen(owner), id)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Bad_bodies_and_cursors_are_refused_and_not_guessed_at()
    {
        var id = await SubmittedAsync(dossiers.Citizen(), Free);
        var reception = dossiers.Official(Roles.Reception);
        foreach (var path in new[] { "refusal", "supplement-requests", "notes" })
        {
            using var answer = await reception.PostAsync($"/api/v1/dossiers/{id}/{path}", new StringContent("{", System.Text.Encoding.UTF8, "application/json"), Ct);
            Assert.Equal(System.Net.HttpStatusCode.BadRequest, answer.StatusCode);
        }
        foreach (var path in new[] { $"/api/v1/dossiers/{id}/notes?after=x", "/api/v1/absences?after=WyJ4Il0", "/api/v1/inbox/opinions?after=WyJ4IiwieSJd", "/api/v1/absences?limit=0" })
        {
            using var answer = await reception.GetAsync(path, Ct);
            Assert.Equal(System.Net.HttpStatusCode.BadRequest, answer.StatusCode);
        }
        using var wrongDate = await dossiers.Official(Roles.Chief).PostAsJsonAsync("/api/v1/absences", new { substituteId = Guid.CreateVersion7(), from = "hôm nay", to = "mai" }, Ct);
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, wrongDate.StatusCode);
    }
}
