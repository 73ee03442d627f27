using HaLong.Signatures.Domain.Sessions;

namespace HaLong.Signatures.Tests.Domain.Sessions;

/// <summary>The table of what may follow what, edge by edge, written down a second time by hand.</summary>
public sealed class SigningEdgesTests
{
    private static readonly DateTimeOffset Now = SigningSessionTests.Now;

    // One row a state; columns view, begin, continue, finish, fail, refuse.
    private static readonly Dictionary<string, string[]> Table = new(StringComparer.Ordinal)
    {
        ["Waiting"] = ["Viewing", "-", "-", "-", "-", "Refused"],
        ["Viewing"] = ["Viewing", "Signing", "-", "-", "-", "Refused"],
        ["Signing"] = ["Signing", "-", "Viewing", "Signed", "Failed", "Refused"],
        ["Signed"] = ["Signed", "-", "-", "-", "-", "-"],
        ["Refused"] = ["-", "-", "-", "-", "-", "-"],
        ["Failed"] = ["Viewing", "Signing", "-", "-", "-", "Refused"],
    };

    // How a signer comes into each state.
    private static readonly Dictionary<string, SignerMove[]> Ways = new(StringComparer.Ordinal)
    {
        ["Waiting"] = [],
        ["Viewing"] = [SignerMove.View],
        ["Signing"] = [SignerMove.View, SignerMove.Begin],
        ["Signed"] = [SignerMove.View, SignerMove.Begin, SignerMove.Finish],
        ["Refused"] = [SignerMove.Refuse],
        ["Failed"] = [SignerMove.View, SignerMove.Begin, SignerMove.Fail],
    };

    public static TheoryData<string, string, string> Edges => [.. Table.SelectMany(row =>
        row.Value.Select((to, i) => (row.Key, ((SignerMove)i).ToString(), to)))];

    [Fact]
    public void The_table_is_whole() =>
        Assert.Equal((Enum.GetValues<SignerState>().Length * Enum.GetValues<SignerMove>().Length, SigningGraph.Signers.Count),
            (Edges.Count, Table.Values.Sum(r => r.Count(t => t != "-"))));

    [Theory]
    [MemberData(nameof(Edges))]
    public void A_signer_moves_as_the_table_says_and_otherwise_not_at_all(string from, string move, string to)
    {
        var signer = SessionSigner.Of(Guid.CreateVersion7(), new PlannedSigner(Guid.CreateVersion7(), 1, "Bên giao"), Now);
        var (order, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        foreach (var step in Ways[from])
            Assert.True(signer.Move(step, Now.AddMinutes(1), "lý do cũ", "OLD", order));
        Assert.Equal(from, signer.State.ToString());
        var (reason, code, since, last) = (signer.Reason, signer.Code, signer.ChangedAt, signer.OrderId);

        var moved = signer.Move(Enum.Parse<SignerMove>(move), Now.AddMinutes(2), "lý do", "NEW", other);
        Assert.Equal(to != "-", moved);
        if (!moved)
        {
            Assert.Equal((from, reason, code, since, last), (signer.State.ToString(), signer.Reason, signer.Code, signer.ChangedAt, signer.OrderId));
            return;
        }

        Assert.Equal((to, "NEW", other), (signer.State.ToString(), signer.Code, signer.OrderId));
        // Since when he stands so: staying is no change. A reason belongs to a refusal only.
        Assert.Equal(from == to ? since : Now.AddMinutes(2), signer.ChangedAt);
        Assert.Equal(to == "Refused" ? "lý do" : "", signer.Reason);
    }

    [Theory]
    [InlineData("Open", "Complete", "Completed")]
    [InlineData("Open", "Refuse", "Refused")]
    [InlineData("Open", "Expire", "Expired")]
    [InlineData("Open", "Cancel", "Cancelled")]
    public void An_open_session_ends_in_one_of_four_ways(string from, string move, string to) =>
        Assert.Equal(Enum.Parse<SessionState>(to), SigningGraph.Next(Enum.Parse<SessionState>(from), Enum.Parse<SessionMove>(move)));

    [Fact]
    public void A_move_without_an_order_keeps_the_last_one()
    {
        var (signer, order) = (SessionSigner.Of(Guid.CreateVersion7(), new PlannedSigner(Guid.CreateVersion7(), 1, ""), Now), Guid.CreateVersion7());
        signer.Move(SignerMove.View, Now);
        Assert.Null(signer.OrderId);
        signer.Move(SignerMove.Begin, Now, order: order);
        signer.Move(SignerMove.Fail, Now, code: "DECLINED");
        Assert.Equal((order, "DECLINED"), (signer.OrderId, signer.Code));
        signer.Move(SignerMove.View, Now);
        Assert.Equal((order, "", SignerState.Viewing), (signer.OrderId, signer.Code, signer.State));
    }
}
