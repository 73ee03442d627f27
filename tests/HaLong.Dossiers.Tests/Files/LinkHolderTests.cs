using System.Security.Claims;
using HaLong.Dossiers.Files.Links;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Tests.Files;

/// <summary>Who made a link: put down, and brought back as he was.</summary>
public sealed class LinkHolderTests
{
    private static readonly Guid Owner = Guid.CreateVersion7(), Helper = Guid.CreateVersion7(), Session = Guid.CreateVersion7();

    [Fact]
    public void The_maker_comes_back_with_everything_that_rights_depend_on()
    {
        var caller = Caller.From(LinkHolder.Read(LinkHolder.Write(Person())));
        Assert.Equal((Owner, Helper, Session), (caller.AccountId, caller.ActorId, caller.AssistedSession));
        Assert.Equal(("06688", "assisted"), (caller.Unit, caller.Channel));
        Assert.True(caller.IsInRole(Roles.Citizen) && caller.IsInRole(Roles.Officer));
        Assert.True(caller.ActsWithinLimits);
    }

    [Fact]
    public void Nothing_else_about_him_is_kept()
    {
        var kept = LinkHolder.Write(Person());
        Assert.DoesNotContain("Nguyễn Văn An", kept, StringComparison.Ordinal);
        Assert.DoesNotContain("Nguy", kept, StringComparison.Ordinal);
        Assert.DoesNotContain("0123", kept, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_ends_with_the_session_the_token_and_the_epoch_of_its_maker()
    {
        var token = LinkHolder.TokenOf(LinkHolder.Read(LinkHolder.Write(Person())));
        Assert.True(Void(sessions: ["session-1"]).Contains(token));
        Assert.True(Void(tokens: ["token-1"]).Contains(token));
        Assert.True(Void(epoch: 6).Contains(token));
        Assert.False(Void(["session-2"], ["token-2"], 5).Contains(token));
    }

    [Fact]
    public void A_maker_without_session_or_epoch_is_as_old_as_can_be()
    {
        var bare = new ClaimsPrincipal(new ClaimsIdentity([new Claim("sub", Owner.ToString())], "test"));
        Assert.True(Void(epoch: 0).Contains(LinkHolder.TokenOf(bare)));
        Assert.False(Void(["x"], ["y"]).Contains(LinkHolder.TokenOf(bare)));
    }

    [Fact]
    public void Secrets_are_known_by_a_hash_that_tells_them_apart()
    {
        Assert.Equal(CreateDocumentLink.HashOf("a"), CreateDocumentLink.HashOf("a"));
        Assert.NotEqual(CreateDocumentLink.HashOf("a"), CreateDocumentLink.HashOf("A"));
        Assert.Equal(32, CreateDocumentLink.HashOf("a").Length);
    }

    private static VoidTokens Void(string[]? sessions = null, string[]? tokens = null, int? epoch = null) =>
        new(new RevocationFeed(sessions ?? [], epoch is { } e ? new Dictionary<string, int> { [Owner.ToString()] = e } : [], tokens ?? []));

    private static ClaimsPrincipal Person() => new(new ClaimsIdentity(
        [
            new Claim("sub", Owner.ToString()), new Claim("act", $$"""{"sub":"{{Helper}}"}"""), new Claim("assisted_session", Session.ToString()),
            new Claim("role", Roles.Citizen), new Claim("role", Roles.Officer), new Claim("unit", "06688"), new Claim("channel", "assisted"),
            new Claim("sid", "session-1"), new Claim("oi_tkn_id", "token-1"), new Claim("epoch", "5"), new Claim("scope", "halong.api"),
            new Claim("name", "Nguyễn Văn An"), new Claim("check", "0123"),
        ], "test", "name", "role"));
}
