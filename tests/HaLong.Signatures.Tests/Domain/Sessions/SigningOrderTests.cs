using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Domain.Sessions;

namespace HaLong.Signatures.Tests.Domain.Sessions;

/// <summary>Each step of an order from each state: what may follow, and that everything else changes nothing.</summary>
public sealed class SigningOrderTests
{
    private static readonly DateTimeOffset Now = SigningSessionTests.Now;
    private static readonly OrderState[] Over = [OrderState.Done, OrderState.Declined, OrderState.Expired, OrderState.Failed];

    /// <summary>An order for some documents of one session, in the state that is wanted.</summary>
    internal static SigningOrder Of(OrderState state, int documents = 2, Guid? batch = null)
    {
        var session = SigningSessionTests.Open(documents, 1);
        var order = SigningOrder.Prepare(Guid.CreateVersion7(), session.Signers[0].AccountId, "p", "c", SignatureAlgorithm.EcdsaSha256.Oid, [],
            Now, Now.AddMinutes(5), Now.AddMinutes(1), batch);
        foreach (var document in session.Documents)
            order.Items.Add(SigningItem.Of(order.Id, document.Number, session, session.Signers[0], document, [1, 2], [(byte)document.Number]));
        if (state >= OrderState.Begun)
            Assert.True(order.Begin("tx", 1, Now.AddMinutes(3), "09xx", Now.AddSeconds(5)));
        if (state is OrderState.Answered or OrderState.Done)
            Assert.True(order.Answer([.. session.Documents.Select(d => new byte[] { 7 })], Now.AddSeconds(60)));
        if (Over.Contains(state))
            Assert.True(order.End(state, state == OrderState.Done ? "" : "WHY", Now.AddMinutes(2)));
        Assert.Equal(state, order.State);
        return order;
    }

    [Fact]
    public void Three_states_are_at_work_and_the_others_over() =>
        Assert.Equal(Over, Enum.GetValues<OrderState>().Where(s => Of(s).IsOver));

    [Theory]
    [InlineData("Prepared", true)]
    [InlineData("Begun", false)]
    [InlineData("Answered", false)]
    [InlineData("Done", false)]
    [InlineData("Declined", false)]
    [InlineData("Expired", false)]
    [InlineData("Failed", false)]
    public void It_is_begun_once(string from, bool may)
    {
        var order = Of(Enum.Parse<OrderState>(from));
        var (transaction, latest, next) = (order.Transaction, order.LatestAt, order.NextAt);
        Assert.Equal(may, order.Begin("another", 7, Now.AddMinutes(1), "08xx", Now.AddMinutes(2)));
        Assert.Equal(may ? OrderState.Begun : Enum.Parse<OrderState>(from), order.State);
        Assert.Equal(may ? ("another", Now.AddMinutes(1), Now.AddMinutes(2)) : (transaction, latest, next), (order.Transaction, order.LatestAt, order.NextAt));
        Assert.Equal(may ? (7, "08xx") : (1, "09xx"), (order.Needs, order.CodeSentTo));
    }

    [Theory]
    [InlineData("Prepared", true)]
    [InlineData("Begun", true)]
    [InlineData("Answered", false)]
    [InlineData("Done", false)]
    [InlineData("Declined", false)]
    [InlineData("Expired", false)]
    [InlineData("Failed", false)]
    public void It_is_answered_once_and_not_when_it_is_over(string from, bool may)
    {
        var order = Of(Enum.Parse<OrderState>(from));
        var before = order.Items.ConvertAll(i => (i.State, i.Signature));
        Assert.Equal(may, order.Answer([[8], [9]], Now.AddMinutes(2)));
        if (may)
            Assert.Equal((OrderState.Answered, "8 9"), (order.State, string.Join(' ', order.Items.Select(i => i.Signature![0]))));
        else
            Assert.Equal(before, order.Items.ConvertAll(i => (i.State, i.Signature)));
    }

    public static TheoryData<string, string> Ends => [.. Enum.GetNames<OrderState>().SelectMany(f => Over.Select(t => (f, t.ToString())))];

    [Theory]
    [MemberData(nameof(Ends))]
    public void It_ends_once_whatever_the_end_and_then_stays(string from, string to)
    {
        var (first, last) = (Enum.Parse<OrderState>(from), Enum.Parse<OrderState>(to));
        var order = Of(first);
        var (code, ended) = (order.Code, order.EndedAt);
        Assert.Equal(!Over.Contains(first), order.End(last, "LATER", Now.AddHours(1)));
        Assert.Equal(Over.Contains(first) ? (first, code, ended) : (last, "LATER", Now.AddHours(1)), (order.State, order.Code, order.EndedAt));
        // Nothing is left undecided, and no page of a document stays behind.
        Assert.All(order.Items, i => Assert.Equal((ItemState.Failed, 0), (i.State, i.Prepared.Length)));
    }

    [Fact]
    public void An_authorisation_that_lapses_later_does_not_make_the_wait_longer()
    {
        var order = Of(OrderState.Prepared);
        Assert.True(order.Begin("tx", 0, Now.AddHours(1), "", Now.AddSeconds(5)));
        Assert.Equal((Now.AddMinutes(5), Now.AddSeconds(5), ""), (order.LatestAt, order.NextAt, order.CodeSentTo));
        order.PutOff(Now.AddSeconds(30));
        Assert.Equal(Now.AddSeconds(30), order.NextAt);
    }

    [Fact]
    public void Signatures_go_to_the_documents_in_their_order_whatever_order_they_were_read_in()
    {
        var order = Of(OrderState.Begun, documents: 3);
        order.Items.Reverse();
        var skipped = SigningSessionTests.Open(1, 1);
        order.Items.Insert(0, SigningItem.Skip(order.Id, 201, skipped.Signers[0], skipped.Documents[0], "SIG-0306"));
        // Fewer than were asked for: the last one was left out.
        Assert.True(order.Answer([[11], [12]], Now));
        Assert.Equal(
            [
                (1, ItemState.Answered, (byte)11, ""), (2, ItemState.Answered, (byte)12, ""), (3, ItemState.Failed, (byte)0, "SIG-0329"),
                (201, ItemState.Skipped, (byte)0, "SIG-0306"),
            ],
            order.Items.OrderBy(i => i.Number).Select(i => (i.Number, i.State, i.Signature?[0] ?? 0, i.Code)));
    }

    [Fact]
    public void A_long_code_is_cut_and_given_to_every_document_that_was_not_decided()
    {
        var order = Of(OrderState.Answered);
        order.Items[0].Embedded();
        Assert.True(order.End(OrderState.Failed, new string('9', 300), Now));
        Assert.Equal(new string('9', 100), order.Code);
        Assert.Equal([(ItemState.Signed, ""), (ItemState.Failed, order.Code)], order.Items.Select(i => (i.State, i.Code)));
    }

    [Theory]
    [InlineData("Prepared", "Failed", true)]
    [InlineData("Answered", "Failed", true)]
    [InlineData("Signed", "Signed", false)]
    [InlineData("Failed", "Failed", false)]
    [InlineData("Skipped", "Skipped", false)]
    public void What_was_decided_about_a_document_stays(string from, string to, bool changes)
    {
        var (session, state) = (SigningSessionTests.Open(1, 1), Enum.Parse<ItemState>(from));
        var item = state == ItemState.Skipped ? SigningItem.Skip(Guid.CreateVersion7(), 1, session.Signers[0], session.Documents[0], "SIG-0305")
            : SigningItem.Of(Guid.CreateVersion7(), 1, session, session.Signers[0], session.Documents[0], [1], [2]);
        if (state is ItemState.Answered or ItemState.Signed)
            item.Answer([7]);
        if (state == ItemState.Signed)
            item.Embedded();
        if (state == ItemState.Failed)
            item.Fail("SIG-0325");
        Assert.Equal(state, item.State);
        var code = item.Code;
        item.Fail("SIG-0309");
        Assert.Equal((Enum.Parse<ItemState>(to), changes ? "SIG-0309" : code), (item.State, item.Code));
        Assert.Empty(state == ItemState.Skipped ? [] : item.Prepared);
    }

    [Fact]
    public void A_document_of_an_order_remembers_what_it_was_prepared_over()
    {
        var session = SigningSessionTests.Open(1, 1);
        var (signer, document) = (session.Signers[0], session.Documents[0]);
        document.Append(new string('b', 64), 99);
        var order = Guid.CreateVersion7();
        var item = SigningItem.Of(order, 4, session, signer, document, [1], [2]);
        Assert.Equal((order, 4, session.Id, document.Id, signer.Id, 2, "1.pdf", ItemState.Prepared),
            (item.OrderId, item.Number, item.SessionId, item.DocumentId, item.SignerId, item.Parts, item.Title, item.State));
        var skipped = SigningItem.Skip(order, 201, signer, document, "SIG-0308");
        Assert.Equal((session.Id, document.Id, "1.pdf", 0, "SIG-0308"),
            (skipped.SessionId, skipped.DocumentId, skipped.Title, skipped.Hash.Length, skipped.Code));
    }

    [Fact]
    public void A_late_answer_is_noted_once_also_when_the_order_is_over()
    {
        var order = Of(OrderState.Expired);
        Assert.True(order.AnswerLate(Now.AddHours(1)));
        Assert.False(order.AnswerLate(Now.AddHours(2)));
        Assert.Equal((Now.AddHours(1), OrderState.Expired), (order.AnsweredLateAt, order.State));
        Assert.All(order.Items, i => Assert.Null(i.Signature));
    }
}
