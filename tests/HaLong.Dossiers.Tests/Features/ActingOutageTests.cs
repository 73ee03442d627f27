using System.Net.Http.Json;
using HaLong.Identity.Contracts;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Features;

/// <summary>Identity is away: nobody acts for anybody, and people go on for themselves. A fixture of its own, because the neighbours go down.</summary>
public sealed class ActingOutageTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    [Fact]
    public async Task Nobody_acts_for_another_without_identity_but_what_was_just_allowed_can_be_read()
    {
        var owner = Guid.CreateVersion7();
        var id = await DraftAsync(dossiers.Citizen(owner));
        var (client, _) = dossiers.Delegate(owner, new TestRight(Acts.DossierRead, Acts.DossierFill));
        var (fresh, _) = dossiers.Delegate(owner, new TestRight(Acts.DossierRead));
        await ViewAsync(client, id);
        dossiers.Neighbours.IdentityDown = true;
        try
        {
            await ViewAsync(client, id);
            using var refused = await client.PatchAsJsonAsync($"/api/v1/dossiers/{id}", new { subject = "Không" }, Ct);
            Assert.NotNull(refused.Headers.RetryAfter);
            await RefusedAsync(refused, 503, "DOS-0029");
            await RefusedAsync(await fresh.GetAsync($"/api/v1/dossiers/{id}", Ct), 503, "DOS-0029");
            await RefusedAsync(await fresh.GetAsync("/api/v1/dossiers", Ct), 503, "DOS-0029");
            await BodyAsync(await dossiers.Citizen(owner).PatchAsJsonAsync($"/api/v1/dossiers/{id}", new { subject = "Tự làm" }, Ct));
        }
        finally
        {
            dossiers.Neighbours.IdentityDown = false;
        }

        Assert.Equal("Tự làm", (await ViewAsync(fresh, id)).GetProperty("subject").GetString());
    }
}
