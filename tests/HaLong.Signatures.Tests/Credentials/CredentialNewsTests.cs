using System.Net;
using HaLong.Signatures.Contracts.Events;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Pki.Persons;
using HaLong.Signatures.Tests.Tools;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using static HaLong.Signatures.Tests.Tools.CredentialFixture;

namespace HaLong.Signatures.Tests.Credentials;

/// <summary>What owners hear of their credentials, and what becomes evidence.</summary>
[Collection(CredentialTests.Name)]
public sealed class CredentialNewsTests(CredentialFixture fixture)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_owner_hears_of_every_step_in_its_order_and_each_is_evidence()
    {
        await using var probe = await EventProbe.ListenAsync(fixture.Service.Broker, typeof(CredentialChanged));
        var (account, id) = await fixture.SignerAsync();
        using var owner = fixture.As(account);
        (await PostAsync(owner, $"{Own}/{id}/suspension", new { note = "" })).Expect(HttpStatusCode.OK);
        (await PostAsync(owner, $"{Own}/{id}/resumption", new { note = "" })).Expect(HttpStatusCode.OK);
        (await PostAsync(owner, $"{Own}/{id}/pin", new { pin = Pin, newPin = "730518" })).Expect(HttpStatusCode.OK);
        (await PostAsync(owner, $"{Own}/{id}/revocation", new { reason = "keyCompromise", note = "Mất điện thoại" })).Expect(HttpStatusCode.OK);

        string[] expected = ["credential_issued", "credential_suspended", "credential_resumed", "credential_pin_changed", "credential_revoked"];
        await Eventually.Async(() => Task.FromResult(ToldOf(probe, id).Count == expected.Length), "everything was told");
        Assert.Equal(expected.Order(StringComparer.Ordinal), ToldOf(probe, id).Order(StringComparer.Ordinal));
        Assert.All(probe.Heard.Where(e => e.GetProperty("credentialId").GetGuid() == id), e =>
        {
            Assert.Equal(account, e.GetProperty("accountId").GetGuid());
            Assert.Equal(["accountId", "change", "credentialId", "occurredAt"], e.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
        });
        // The request itself is of no concern to the owner, who made it; it is evidence all the same.
        var kinds = await fixture.QueryAsync(db => db.Set<HaLong.Messaging.EvidenceRow>().Where(r => r.Subject == id.ToString()).Select(r => r.Kind).ToListAsync(Ct));
        Assert.Equal(expected.Length, kinds.Count(k => k == "halong.credential-changed.v1"));
        Assert.Contains("signature.credential-changed", kinds);
    }

    [Fact]
    public async Task A_month_before_the_end_the_owner_is_told_once_and_of_the_end_too()
    {
        await using var probe = await EventProbe.ListenAsync(fixture.Service.Broker, typeof(CredentialChanged));
        var (_, id) = await fixture.SignerAsync();
        await fixture.SweepAsync();
        Assert.Equal(0, await WarnedAsync(id));

        fixture.Time.Shift += TimeSpan.FromDays(336);
        await fixture.SweepAsync();
        await fixture.SweepAsync();
        Assert.Equal(1, await WarnedAsync(id));

        fixture.Time.Shift += TimeSpan.FromDays(30);
        await fixture.SweepAsync();
        await Eventually.Async(() => Task.FromResult(ToldOf(probe, id).Count == 3), "issued, ends soon, ended");
        Assert.Equal(["credential_ends_soon", "credential_expired", "credential_issued"], ToldOf(probe, id).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(nameof(PersonCredentialMove.Requested), null)]
    [InlineData(nameof(PersonCredentialMove.Approved), "credential_approved")]
    [InlineData(nameof(PersonCredentialMove.Issued), "credential_issued")]
    [InlineData(nameof(PersonCredentialMove.PinChanged), "credential_pin_changed")]
    [InlineData(nameof(PersonCredentialMove.Suspended), "credential_suspended")]
    [InlineData(nameof(PersonCredentialMove.Resumed), "credential_resumed")]
    [InlineData(nameof(PersonCredentialMove.Revoked), "credential_revoked")]
    [InlineData(nameof(PersonCredentialMove.Superseded), null)]
    [InlineData(nameof(PersonCredentialMove.EndWarned), "credential_ends_soon")]
    [InlineData(nameof(PersonCredentialMove.Expired), "credential_expired")]
    [InlineData(nameof(PersonCredentialMove.Used), null)]
    public void Credentials_that_live_a_quarter_of_an_hour_are_not_told_of(string move, string? word)
    {
        var step = Enum.Parse<PersonCredentialMove>(move);
        Assert.Equal(word, CredentialNews.WordOf(CredentialTerm.Long, step));
        Assert.Null(CredentialNews.WordOf(CredentialTerm.OneTime, step));
    }

    private static List<string> ToldOf(EventProbe probe, Guid id) =>
        [.. probe.Heard.Where(e => e.GetProperty("credentialId").GetGuid() == id).Select(e => e.GetProperty("change").GetString()!)];

    private Task<int> WarnedAsync(Guid id) =>
        fixture.QueryAsync(db => db.PersonCredentialChanges.CountAsync(c => c.CredentialId == id && c.Move == PersonCredentialMove.EndWarned, Ct));
}
