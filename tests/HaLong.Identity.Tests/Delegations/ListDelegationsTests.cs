using HaLong.Identity.V1;
using static HaLong.Identity.Tests.Delegations.People;

namespace HaLong.Identity.Tests.Delegations;

public sealed class ListDelegationsTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    private const string Path = "/api/v1/me/delegations";

    [Fact]
    public async Task Both_sides_are_listed_newest_first_page_by_page()
    {
        var (me, other) = (await site.PersonAsync(), await site.PersonAsync());
        var mine = await site.AsAsync(me);
        var ids = new List<Guid>();
        for (var i = 0; i < 3; i++)
            ids.Add((await OfferAsync(mine, new { accountId = other.Id })).GetProperty("id").GetGuid());
        ids.Add((await OfferAsync(await site.AsAsync(other), new { accountId = me.Id })).GetProperty("id").GetGuid());

        var seen = new List<Guid>();
        string? after = null;
        do
        {
            var page = await GetAsync(mine, $"{Path}?limit=3{(after is null ? "" : "&after=" + after)}");
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetGuid()));
            after = page.GetProperty("after").GetString();
        }
        while (after is not null);
        Assert.Equal(Enumerable.Reverse(ids), seen);
        Assert.Equal(ids[..3].Order(), (await IdsAsync(mine, "?side=given")).Order());
        Assert.Equal([ids[3]], await IdsAsync(mine, "?side=received"));
        Assert.Equal(ids[..3].Order(), (await IdsAsync(await site.AsAsync(other), "?side=received")).Order());
    }

    [Fact]
    public async Task States_are_told_as_of_today_even_if_nobody_has_tidied_up()
    {
        var (me, other) = (await site.PersonAsync(), await site.PersonAsync());
        var active = await site.DelegationAsync(me, other);
        var over = await site.DelegationAsync(me, other, until: site.Day());
        var revoked = await site.DelegationAsync(me, other);
        await BodyAsync(await (await site.AsAsync(me)).DeleteAsync($"{Path}/{revoked}", Ct), System.Net.HttpStatusCode.NoContent);

        await site.DatabaseAsync(async db =>
        {
            var row = await db.Delegations.FindAsync([over], Ct);
            db.Entry(row!).Property(d => d.To).CurrentValue = row!.To.AddDays(-1);
            return await db.SaveChangesAsync(Ct);
        });
        var client = await site.AsAsync(me);
        Assert.Equal([active], await IdsAsync(client, "?state=accepted"));
        Assert.Equal([over], await IdsAsync(client, "?state=expired"));
        Assert.Equal([revoked], await IdsAsync(client, "?state=revoked"));
        Assert.Empty(await IdsAsync(client, "?state=offered"));
    }

    [Theory]
    [InlineData("?side=mine", "IDN-0401")]
    [InlineData("?state=gone", "IDN-0401")]
    [InlineData("?after=WyJ4Il0", "IDN-0401")]
    [InlineData("?after=rubbish", "CMN-0400")]
    [InlineData("?limit=0", "CMN-0400")]
    public async Task What_cannot_be_listed_is_refused(string query, string code) =>
        await RefusedAsync(await (await site.AsAsync(await site.PersonAsync())).GetAsync(Path + query, Ct), 400, code);

    [Fact]
    public async Task Services_look_delegations_up_in_one_call()
    {
        var (me, other) = (await site.PersonAsync(), await site.PersonAsync());
        var dossier = Guid.CreateVersion7();
        var accepted = await site.DelegationAsync(me, other, ["dossier.read"], ["1.013978"], dossier);
        var offered = (await OfferAsync(await site.AsAsync(me), new { accountId = other.Id })).GetProperty("id").GetString()!;
        var client = new V1.Delegations.DelegationsClient(site.Service.Grpc(site.ServiceToken()));

        var answer = await client.BatchGetDelegationsAsync(
            new BatchGetDelegationsRequest { Ids = { accepted.ToString(), offered, Guid.CreateVersion7().ToString(), "rubbish" } }, cancellationToken: Ct);
        Assert.Equal(2, answer.Delegations.Count);
        var found = answer.Delegations.Single(d => d.Id == accepted.ToString());
        Assert.Equal((me.Id.ToString(), other.Id.ToString(), "accepted", true, dossier.ToString()), (found.PrincipalId, found.DelegateId, found.State, found.Active, found.DossierId));
        Assert.Equal(("dossier.read", "1.013978", site.Day()), (Assert.Single(found.Acts), Assert.Single(found.ProcedureCodes), found.From));
        Assert.Equal(("", false), (answer.Delegations.Single(d => d.Id == offered).DelegateId, answer.Delegations.Single(d => d.Id == offered).Active));
    }

    [Fact]
    public async Task People_cannot_look_delegations_up()
    {
        var client = new V1.Delegations.DelegationsClient(site.Service.Grpc(await site.TokenAsync("citizen")));
        var refusal = await Assert.ThrowsAsync<Grpc.Core.RpcException>(async () => await client.BatchGetDelegationsAsync(new BatchGetDelegationsRequest(), cancellationToken: Ct));
        Assert.Equal(Grpc.Core.StatusCode.PermissionDenied, refusal.StatusCode);
    }

    private static async Task<List<Guid>> IdsAsync(HttpClient client, string query) =>
        [.. (await GetAsync(client, Path + query)).GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetGuid())];
}
