using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Domain;

namespace HaLong.Dossiers.Filing.Checks;

/// <summary>The fees that were chosen, optional ones and those by page, belong to the procedure and have an amount; they are due with the others.</summary>
internal sealed class FeeCheck : ISubmissionCheck
{
    public const int MostOfOne = 20, MostPages = 5000;

    public Task CheckAsync(FilingCase filing, Defects defects, CancellationToken ct)
    {
        var chosen = new List<FeeTerm>();
        foreach (var (choice, i) in (filing.Request.FeeChoices ?? []).Select((choice, i) => (choice, i)))
        {
            if (TermOf(filing.Content, filing.Dossier.Channel, filing.Day, choice) is { } term)
                chosen.Add(term);
            else
                defects.Add(SubmissionErrors.FeeChoice, $"feeChoices[{i}]", SubmissionErrors.FeeChoice.Vi, SubmissionErrors.FeeChoice.En);
        }
        filing.ChosenFees = chosen;
        return Task.CompletedTask;
    }

    /// <summary>The fee that was chosen; null when it cannot be.</summary>
    public static FeeTerm? TermOf(ProcedureContent content, string channel, DateOnly day, FeeChoice? choice) =>
        choice is { Quantity: null or (>= 1 and <= MostOfOne) } && choice.Fee >= 1 && choice.Fee <= content.Fees.Count
            && content.Fees[choice.Fee - 1] is { AmountVnd: > 0 } fee && FeeSchedule.IsForChannel(fee, channel)
            && (fee.PageRule is null ? fee.Optional && choice.Pages is null : choice.Pages is >= 1 and <= MostPages)
            ? FeeSchedule.Term(fee, [], day, choice.Quantity ?? 1, choice.Pages) : null;
}
