namespace HaLong.Dossiers.Domain.Lifecycle;

/// <summary>Names of the transitions, as the timeline writes them.</summary>
internal static class Moves
{
    public const string Submit = "submit";
    public const string Accept = "accept";
    public const string Reject = "reject";
    public const string RequestSupplement = "requestSupplement";
    public const string PermitSupplement = "permitSupplement";
    public const string Supplement = "supplement";
    public const string Forward = "forward";
    public const string Assign = "assign";
    public const string Reassign = "reassign";
    public const string Release = "release";
    public const string RequestOpinion = "requestOpinion";
    public const string AnswerOpinion = "answerOpinion";
    public const string CloseOpinion = "closeOpinion";
    public const string RequireFee = "requireFee";
    public const string ReviewClaim = "reviewClaim";
    public const string RequestPayment = "requestPayment";
    public const string Pay = "pay";
    public const string WaiveFee = "waiveFee";
    public const string PayDemand = "payDemand";
    public const string LapsePayment = "lapsePayment";
    public const string Extend = "extend";
    public const string Apologise = "apologise";
    public const string MoveDue = "moveDue";
    public const string Approve = "approve";
    public const string Refuse = "refuse";
    public const string AskSignature = "askSignature";
    public const string SignByApprover = "signByApprover";
    public const string MissSignature = "missSignature";
    public const string Resolve = "resolve";
    public const string Stop = "stop";
    public const string Withdraw = "withdraw";
    public const string Return = "return";
    public const string Receive = "receive";
    public const string Correct = "correct";
    public const string ReplaceResult = "replaceResult";
    public const string ReturnOriginals = "returnOriginals";
    public const string Note = "note";
    public const string Transfer = "transfer";
    public const string ChangeReceivingUnit = "changeReceivingUnit";
    public const string AwaitUnitChoice = "awaitUnitChoice";
    public const string ChooseUnit = "chooseUnit";
}
