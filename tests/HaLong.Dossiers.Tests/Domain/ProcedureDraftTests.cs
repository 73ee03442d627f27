using HaLong.Dossiers.Domain;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Tests.Domain;

public sealed class ProcedureDraftTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 3, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Day = new(2026, 12, 1);
    private static readonly Guid Author = Guid.CreateVersion7(), Second = Guid.CreateVersion7(), Reviewer = Guid.CreateVersion7();
    private static readonly DraftText Text = new("{}", "h1");
    private static readonly DraftTerms Terms = new(null, Day, null, "vì sao");

    [Theory]
    [InlineData(DraftState.Draft, "edit", "submit", "withdraw")]
    [InlineData(DraftState.Review, "return", "approve", "withdraw")]
    [InlineData(DraftState.Approved, "return", "publish", "withdraw")]
    [InlineData(DraftState.Published)]
    [InlineData(DraftState.Withdrawn)]
    public void In_each_state_only_its_own_steps_are_possible(string state, params string[] possible)
    {
        foreach (var step in (string[])["edit", "submit", "return", "approve", "publish", "withdraw"])
        {
            var draft = InState(state);
            var result = Try(draft, step, Reviewer);
            Assert.Equal((step, possible.Contains(step)), (step, result.IsSuccess));
            if (!result.IsSuccess)
            {
                Assert.Equal("DOS-0207", result.Error.Code);
                Assert.Equal(state, draft.State);
            }
        }
    }

    [Theory]
    [InlineData("approve", DraftState.Review)]
    [InlineData("publish", DraftState.Approved)]
    public void Nobody_who_wrote_any_of_it_approves_or_publishes(string step, string state)
    {
        foreach (var editor in (Guid[])[Author, Second])
        {
            var draft = InState(state);
            Assert.Equal("DOS-0208", Try(draft, step, editor).Error.Code);
            Assert.Equal(state, draft.State);
        }
    }

    [Fact]
    public void Who_approved_may_publish_for_the_author_is_somebody_else() =>
        Assert.True(InState(DraftState.Approved).Publish(Reviewer, Guid.CreateVersion7(), Day, null, Now).IsSuccess);

    [Fact]
    public void A_draft_that_was_given_back_says_why_and_has_lost_its_approval()
    {
        var draft = InState(DraftState.Approved);
        Assert.Equal(Reviewer, draft.ApprovedBy);
        draft.Return("Thiếu căn cứ", Now.AddHours(1));
        Assert.Equal((DraftState.Draft, "Thiếu căn cứ", null, Now.AddHours(1)), (draft.State, draft.Reason, draft.ApprovedBy, draft.UpdatedAt));
    }

    [Fact]
    public void Every_editor_is_named_once()
    {
        var draft = InState(DraftState.Draft);
        draft.Edit(new DraftText("{\"a\":1}", "h2"), Terms, Author, Now);
        Assert.Equal([Author, Second], draft.Editors);
        Assert.Equal(("{\"a\":1}", "h2"), (draft.Content, draft.ContentHash));
    }

    [Fact]
    public void A_publication_keeps_what_became_of_it()
    {
        var (draft, version) = (InState(DraftState.Approved), Guid.CreateVersion7());
        draft.Publish(Reviewer, version, Day.AddDays(3), Day.AddDays(9), Now);
        Assert.Equal((DraftState.Published, Reviewer, version, Day.AddDays(3), Day.AddDays(9)), (draft.State, draft.PublishedBy, draft.VersionId, draft.ValidFrom, draft.ValidTo));
    }

    [Fact]
    public void Every_state_has_a_name_of_its_own() =>
        Assert.Equal(5, new[] { DraftState.Draft, DraftState.Review, DraftState.Approved, DraftState.Published, DraftState.Withdrawn }.Select(DraftState.NameVi).Distinct().Count());

    private static ProcedureDraft InState(string state)
    {
        var draft = ProcedureDraft.Open(Guid.CreateVersion7(), "1.000001", Text, Terms, repeal: false, null, Author, Now);
        draft.Edit(Text, Terms, Second, Now);
        if (state == DraftState.Withdrawn)
            draft.Withdraw("thôi", Now);
        if (state is DraftState.Draft or DraftState.Withdrawn)
            return draft;
        draft.Submit(Now);
        if (state == DraftState.Review)
            return draft;
        draft.Approve(Reviewer, Now);
        if (state == DraftState.Published)
            draft.Publish(Reviewer, Guid.CreateVersion7(), Day, null, Now);
        return draft;
    }

    private static Result Try(ProcedureDraft draft, string step, Guid who) => step switch
    {
        "edit" => draft.Edit(Text, Terms, who, Now),
        "submit" => draft.Submit(Now),
        "return" => draft.Return("vì", Now),
        "approve" => draft.Approve(who, Now),
        "publish" => draft.Publish(who, Guid.CreateVersion7(), Day, null, Now),
        _ => draft.Withdraw("vì", Now),
    };
}
