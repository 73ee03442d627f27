using Grpc.Core;
using HaLong.Identity.Tests.Administration;
using HaLong.Identity.Tests.Delegations;
using HaLong.Identity.Tests.Organisations;
using HaLong.Identity.Tests.Staff;
using HaLong.Identity.V1;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Tests.Counter;

/// <summary>Whose number it is, for officials who look for dossiers.</summary>
public sealed class AccountSearchGrpcTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    private const string Purpose = "dossier-search";

    [Fact]
    public async Task An_official_learns_the_account_under_a_number_and_nothing_else_and_the_person_reads_who_looked()
    {
        var person = await site.PersonAsync();

        var found = await FindAsync(person.Number, await site.TokenAsync("officer"));

        Assert.Equal([person.Id.ToString()], found);
        var seen = (await site.GetAsync("/api/v1/me/access-log", await site.TokenAsync(person.UserName))).Items[0];
        Assert.Equal(("account-search", Purpose, "officer", "06688"),
            (seen.Text("what"), seen.Text("purpose"), seen.GetProperty("actor").Text("role"), seen.GetProperty("actor").Text("unitCode")));
    }

    [Fact]
    public async Task The_household_business_of_the_same_number_is_found_with_its_owner()
    {
        var legal = await site.VerifiedAsync();
        var household = await site.OrganisationAsync(legal, legal.Number);
        Assert.Equal(new[] { legal.Id, household }.Select(i => i.ToString()).Order(), (await FindAsync(legal.Number, await site.TokenAsync("officer"))).Order());
    }

    [Fact]
    public async Task Nobody_is_found_under_an_unknown_number_that_of_an_official_or_of_a_closed_account_and_nothing_is_recorded()
    {
        var gone = await site.PersonAsync();
        await site.DatabaseAsync(db => db.Accounts.Where(a => a.Id == gone.Id).ExecuteUpdateAsync(a => a.SetProperty(x => x.IsClosed, true)));
        var token = await site.TokenAsync("officer");
        var before = await site.DatabaseAsync(db => db.AccessRecords.CountAsync());
        foreach (var number in new[] { People.NewNumber(), "022088000456", gone.Number })
            Assert.Empty(await FindAsync(number, token));
        Assert.Equal(before, await site.DatabaseAsync(db => db.AccessRecords.CountAsync()));
    }

    [Theory]
    [InlineData("02218500012", Purpose)]
    [InlineData("", Purpose)]
    [InlineData("022185000123", "curiosity")]
    [InlineData("022185000123", "")]
    public async Task A_part_of_a_number_and_another_purpose_are_refused(string number, string purpose)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await FindAsync(number, await site.TokenAsync("officer"), purpose));
        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
    }

    [Theory]
    [InlineData("citizen")]
    [InlineData("helper")]
    public async Task Who_is_no_official_may_not_ask(string who)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await FindAsync("022185000123", await site.TokenAsync(who)));
        Assert.Equal(StatusCode.PermissionDenied, refused.StatusCode);
    }

    [Fact]
    public async Task A_token_without_a_unit_and_none_at_all_open_nothing()
    {
        var unitless = await site.PersonAsync();
        Assert.Equal(StatusCode.PermissionDenied, (await Assert.ThrowsAsync<RpcException>(async () =>
            await FindAsync("022185000123", await site.TokenAsync(unitless.UserName, roles: ["officer"])))).StatusCode);
        Assert.Equal(StatusCode.Unauthenticated, (await Assert.ThrowsAsync<RpcException>(() => FindAsync("022185000123", null))).StatusCode);
    }

    [Fact]
    public async Task So_many_searches_an_hour_are_enough_also_fruitless_ones_and_at_once()
    {
        await site.OfficialAsync("busy.finder", ("06688", ["officer"]));
        var token = await site.TokenAsync("busy.finder");
        var nobody = People.NewNumber();

        var answers = await Task.WhenAll(Enumerable.Range(0, 125).Select(async _ =>
        {
            try
            {
                await FindAsync(nobody, token);
                return StatusCode.OK;
            }
            catch (RpcException e)
            {
                return e.StatusCode;
            }
        }));

        Assert.Equal(120, answers.Count(a => a == StatusCode.OK));
        Assert.Equal(5, answers.Count(a => a == StatusCode.ResourceExhausted));
        // Others are not held back.
        Assert.Empty(await FindAsync(nobody, await site.TokenAsync("approver")));
    }

    private async Task<List<string>> FindAsync(string number, string? token, string purpose = Purpose)
    {
        var client = new AccountSearch.AccountSearchClient(site.Service.Grpc(token));
        var answer = await client.FindByPersonalNumberAsync(
            new FindByPersonalNumberRequest { PersonalNumber = number, Purpose = purpose }, cancellationToken: TestContext.Current.CancellationToken);
        return [.. answer.AccountIds];
    }
}
