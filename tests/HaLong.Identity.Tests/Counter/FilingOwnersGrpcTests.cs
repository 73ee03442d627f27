using Grpc.Core;
using HaLong.Identity.Tests.Delegations;
using HaLong.Identity.Tests.Organisations;
using HaLong.Identity.V1;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Tests.Counter;

/// <summary>Whose filing of the national portal it is, for services.</summary>
public sealed class FilingOwnersGrpcTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    [Fact]
    public async Task A_service_learns_the_verified_person_under_a_number_and_nothing_is_recorded()
    {
        var person = await site.VerifiedAsync("Trần Văn Nộp");
        var before = await site.DatabaseAsync(db => db.AccessRecords.CountAsync());

        var found = await FindAsync(person.Number, site.ServiceToken());

        Assert.Equal((person.Id.ToString(), "Trần Văn Nộp"), (found.AccountId, found.DisplayName));
        Assert.Equal(before, await site.DatabaseAsync(db => db.AccessRecords.CountAsync()));
    }

    [Fact]
    public async Task Who_only_says_that_the_number_is_his_is_not_found_nor_a_closed_account_nor_a_household_business()
    {
        var unverified = await site.PersonAsync();
        var gone = await site.VerifiedAsync();
        await site.DatabaseAsync(db => db.Accounts.Where(a => a.Id == gone.Id).ExecuteUpdateAsync(a => a.SetProperty(x => x.IsClosed, true)));
        var owner = await site.VerifiedAsync();
        await site.OrganisationAsync(owner, owner.Number);

        Assert.Equal("", (await FindAsync(unverified.Number, site.ServiceToken())).AccountId);
        Assert.Equal("", (await FindAsync(gone.Number, site.ServiceToken())).AccountId);
        Assert.Equal(owner.Id.ToString(), (await FindAsync(owner.Number, site.ServiceToken())).AccountId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("02218500012")]
    [InlineData("0221850001234")]
    public async Task What_is_no_personal_number_is_refused(string number)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(() => FindAsync(number, site.ServiceToken()));
        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
    }

    [Theory]
    [InlineData("officer")]
    [InlineData("citizen")]
    public async Task People_may_not_ask(string who)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await FindAsync("022185000123", await site.TokenAsync(who)));
        Assert.Equal(StatusCode.PermissionDenied, refused.StatusCode);
        Assert.Equal(StatusCode.Unauthenticated, (await Assert.ThrowsAsync<RpcException>(() => FindAsync("022185000123", null))).StatusCode);
    }

    private async Task<FindFilingOwnerResponse> FindAsync(string number, string? token) => await new FilingOwners.FilingOwnersClient(site.Service.Grpc(token))
        .FindFilingOwnerAsync(new FindFilingOwnerRequest { PersonalNumber = number }, cancellationToken: TestContext.Current.CancellationToken);
}
