using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Domain.Sessions;
using HaLong.Signatures.Sessions;

namespace HaLong.Signatures.Tests.Domain.Sessions;

public sealed class SessionPlanTests
{
    private static readonly DateTimeOffset Now = SigningSessionTests.Now;

    private static SessionPlan Sound => SigningSessionTests.Plan(2, 1, 2);

    private static readonly PlannedSigner Someone = new(Guid.CreateVersion7(), 1, "");

    public static TheoryData<string, string> Wrong => new()
    {
        { "id", "sessionId" }, { "no-purpose", "purpose" }, { "long-purpose", "purpose" }, { "long-subject", "subject" }, { "unit",
            "unitCode" },
        { "past", "deadline" }, { "far", "deadline" }, { "no-documents", "documents" }, { "many-documents", "documents" }, { "name",
            "documents.name" },
        { "no-signers", "signers" }, { "many-signers", "signers" }, { "nobody", "signers.accountId" }, { "twice", "signers.accountId" },
        { "turn", "signers.turn" }, { "role", "signers.role" }, { "place", "signers.place" },
    };

    [Fact]
    public void A_sound_plan_has_nothing_against_it() => Assert.Null(Sound.WhyNot(Now));

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_wrong_with_a_plan_is_told_by_field(string what, string field)
    {
        var plan = what switch
        {
            "id" => Sound with { Id = Guid.Empty },
            "no-purpose" => Sound with { Purpose = " " },
            "long-purpose" => Sound with { Purpose = new string('x', 201) },
            "long-subject" => Sound with { Subject = new string('x', 101) },
            "unit" => Sound with { UnitCode = new string('1', 21) },
            "past" => Sound with { Deadline = Now },
            "far" => Sound with { Deadline = Now.AddDays(31) },
            "no-documents" => Sound with { Documents = [] },
            "many-documents" => Sound with { Documents = [.. Enumerable.Repeat(Sound.Documents[0], 21)] },
            "name" => Sound with { Documents = [Sound.Documents[0] with { Name = "" }] },
            "no-signers" => Sound with { Signers = [] },
            "many-signers" => Sound with
            {
                Signers = [.. Enumerable.Range(0, 21).Select(_ =>
                Someone with { AccountId = Guid.CreateVersion7() })]
            },
            "nobody" => Sound with { Signers = [Someone with { AccountId = Guid.Empty }] },
            "twice" => Sound with { Signers = [Someone, Someone with { Turn = 2 }] },
            "turn" => Sound with { Signers = [Someone with { Turn = 0 }] },
            "role" => Sound with { Signers = [Someone with { Role = new string('x', 101) }] },
            _ => Sound with { Signers = [Someone with { Place = new VisiblePlace(3, 1, 0, 0, 10, 10) }] },
        };
        var error = plan.WhyNot(Now);
        Assert.Equal(("SIG-0301", field), (error?.Code, Assert.Single(error!.FieldMessages).Field));
    }

    [Theory]
    [InlineData(1, 1, 0, 0, 10, 10, true)]
    [InlineData(0, 1, 0, 0, 10, 10, false)]
    [InlineData(1, 0, 0, 0, 10, 10, false)]
    [InlineData(1, 1, -1, 0, 10, 10, false)]
    [InlineData(1, 1, 0, double.NaN, 10, 10, false)]
    [InlineData(1, 1, 0, 0, 0, 10, false)]
    [InlineData(1, 1, 0, 0, 10, 14_401, false)]
    public void A_place_is_on_a_page(int document, int page, double x, double y, double width, double height, bool sound) =>
        Assert.Equal(sound, new VisiblePlace(document, page, x, y, width, height).IsSound(1));

    [Fact]
    public void An_order_is_begun_answered_and_ended_once()
    {
        var session = SigningSessionTests.Open(2, 1);
        var order = SigningOrder.Prepare(Guid.CreateVersion7(), Guid.CreateVersion7(), "p", "c", SignatureAlgorithm.EcdsaSha256.Oid, [],
            Now, Now.AddMinutes(5), Now);
        foreach (var (document, i) in session.Documents.Select((d, i) => (d, i)))
            order.Items.Add(SigningItem.Of(order.Id, i + 1, session, session.Signers[0], document, [1], [2]));
        order.Items.Add(SigningItem.Skip(order.Id, 3, session.Signers[0], session.Documents[0], "SIG-0306"));

        Assert.True(order.Begin("tx", 1, Now.AddMinutes(3), "09xx", Now));
        Assert.False(order.Begin("other", 1, Now.AddMinutes(3), "", Now));
        Assert.Equal(("tx", Now.AddMinutes(3)), (order.Transaction, order.LatestAt));
        Assert.True(order.Answer([[7], null], Now));
        Assert.False(order.Answer([[8], [9]], Now));
        Assert.Equal([(ItemState.Answered, ""), (ItemState.Failed, "SIG-0329"), (ItemState.Skipped, "SIG-0306")], order.Items.Select(i =>
            (i.State, i.Code)));
        order.Items[0].Embedded();
        Assert.True(order.End(OrderState.Done, "", Now));
        Assert.False(order.End(OrderState.Expired, "EXPIRED", Now));
        Assert.Equal([ItemState.Signed, ItemState.Failed, ItemState.Skipped], order.Items.Select(i => i.State));
        Assert.Empty(order.Items[0].Prepared);
        Assert.True(order.AnswerLate(Now));
        Assert.False(order.AnswerLate(Now));
    }

    [Fact]
    public void Parcels_keep_to_the_size_and_keep_sessions_together()
    {
        List<Pick> Of(params int[] documents) => [.. documents.SelectMany(n => SigningSessionTests.Open(n, 1) is var s
            ? s.Documents.Select(d => new Pick(s, s.Signers[0], d)) : [])];
        Assert.Equal([3], BatchParcels.Of(Of(1, 1, 1), 200).ConvertAll(p => p.Count));
        Assert.Equal([2, 1], BatchParcels.Of(Of(1, 1, 1), 2).ConvertAll(p => p.Count));
        Assert.Equal([1, 2, 1], BatchParcels.Of(Of(1, 2, 1), 2).ConvertAll(p => p.Count));
        // More than one authorisation covers: the rest of that session is for another time.
        Assert.Equal([2], BatchParcels.Of(Of(3), 2).ConvertAll(p => p.Count));
    }
}
