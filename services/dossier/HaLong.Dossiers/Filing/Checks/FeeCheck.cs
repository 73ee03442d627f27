using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Domain;

namespace HaLong.Dossiers.Filing.Checks;

/// <summary>The optional fees that were chosen belong to the procedure and have an amount; they are due with the others.</summary>
internal sealed class FeeCheck : ISubmissionCheck
{
    public const int MostOfOne = 20;

    public Task CheckAsync(FilingCase filing, Defects defects, CancellationToken ct)
    {
        var chosen = new List<FeeItem>();
        foreach (var (choice, i) in (filing.Request.FeeChoices ?? []).Select((choice, i) => (choice, i)))
        {
            if (FeeOf(filing.Content, choice) is { AmountVnd: > 0 and var amount } fee)
                chosen.Add(new FeeItem(fee.Kind, fee.NameVi, amount * (choice!.Quantity ?? 1), fee.Assumed));
            else
                defects.Add(SubmissionErrors.FeeChoice, $"feeChoices[{i}]", SubmissionErrors.FeeChoice.Vi, SubmissionErrors.FeeChoice.En);
        }
        filing.ChosenFees = chosen;
        return Task.CompletedTask;
    }

    private static ProcedureFee? FeeOf(ProcedureContent content, FeeChoice? choice) =>
        choice is { Quantity: null or (>= 1 and <= MostOfOne) } && choice.Fee >= 1 && choice.Fee <= content.Fees.Count
            && content.Fees[choice.Fee - 1] is { Optional: true, PageRule: null } fee ? fee : null;
}
